/// Asks the hosts: turns the inventory into [Target]s, puts the probes together into one program
/// ([ProbeProgram]), runs it on all hosts at once ([FleetCollector]) and keeps what they answer.
///
/// What the answers mean is decided in the core; what is kept on disk, in `dev.earshot.recording`.
@NullMarked
package dev.earshot.collect;

import org.jspecify.annotations.NullMarked;
