/// The demonstration: the hosts of a sample inventory, played from their recordings by SSH servers
/// on loopback.
///
/// Start at [DemoFleet]. Only the hosts are played: what audits them is the ordinary way through.
@NullMarked
package dev.earshot.demo;

import org.jspecify.annotations.NullMarked;
