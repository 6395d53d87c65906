/// Checks on where the service's public names lead.
@NullMarked
package dev.earshot.check.dns;

import org.jspecify.annotations.NullMarked;
