/// What the evidence says about how hosts stand to each other: who talks to whom ([Flow]), how long
/// a round trip takes ([Link], [RttMatrix]), what each host is to the others ([Role]), and which
/// must share a datacenter ([Site]).
///
/// Start at [Topology]. Pure arithmetic over `dev.earshot.evidence`; verdicts belong to
/// `dev.earshot.check`.
@NullMarked
package dev.earshot.topology;

import org.jspecify.annotations.NullMarked;
