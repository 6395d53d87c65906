/// Asks DNS, with times to live, which the JDK's own look-ups don't tell. Begin with [NameLookup].
///
/// No knowledge of hosts and inventories here; the way to a host is looked up where it is gone.
@NullMarked
package dev.earshot.dns;

import org.jspecify.annotations.NullMarked;
