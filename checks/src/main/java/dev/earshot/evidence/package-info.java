/// What hosts answered, as values: probes, the parsers that read their output, and the records that
/// hold it.
///
/// Read [Evidence] first, then [Probe] and [HostEvidence]. Everything here is pure: no files, no
/// sockets, no clock. What the answers *mean* (who talks to whom, what is slow) belongs to
/// `dev.earshot.topology` and beyond.
@NullMarked
package dev.earshot.evidence;

import org.jspecify.annotations.NullMarked;
