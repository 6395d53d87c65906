/// What is different between two audits of a fleet: findings, hosts, what could be asked, settings
/// and round trips.
///
/// Start at [Drift]; each `…Changes` knows one kind of thing. Pure, like `dev.earshot.check`. Only
/// what is the same while nothing changes is compared: no counters, no uptimes, no times.
@NullMarked
package dev.earshot.drift;

import org.jspecify.annotations.NullMarked;
