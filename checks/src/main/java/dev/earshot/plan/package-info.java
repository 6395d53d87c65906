/// Whether a host's work would do well on another host, or does after it has moved: what the work
/// talks to ([Route]), what its requests would take ([Forecast]), and what stands in the way.
///
/// Start at [Plan]; each [Condition] is one thing that has to hold. Pure, like `dev.earshot.check`,
/// whose findings it uses: what could not be looked at is unknown, and an unknown never becomes
/// "go".
@NullMarked
package dev.earshot.plan;

import org.jspecify.annotations.NullMarked;
