/// Where one request's milliseconds go along its path, and what would change if one thing were
/// changed.
///
/// Start at [LatencyBudget]; [RequestCost] holds the sum, [WhatIf] its variations, [Suspect] what
/// is cleared by it. The formulas stand where they are used. Pure arithmetic; verdicts belong to
/// `dev.earshot.check`.
@NullMarked
package dev.earshot.budget;

import org.jspecify.annotations.NullMarked;
