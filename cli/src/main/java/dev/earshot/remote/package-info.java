/// Asks other Lemmy instances how far they are with sending to ours, over HTTPS and from the
/// machine that audits; never a host of the fleet.
///
/// Start at [RemotePoller]. What the answers mean is decided in the core.
@NullMarked
package dev.earshot.remote;

import org.jspecify.annotations.NullMarked;
