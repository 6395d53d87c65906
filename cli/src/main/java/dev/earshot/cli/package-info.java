/// The commands: options in, reports and exit codes out.
///
/// Start at [Main] and [AuditCommand]. Each command is a few calls into the other packages;
/// whatever could be tested without a command line belongs there. [Terminal] is the only class that
/// prints.
@NullMarked
package dev.earshot.cli;

import org.jspecify.annotations.NullMarked;
