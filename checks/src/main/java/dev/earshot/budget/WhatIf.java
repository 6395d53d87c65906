package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.time.Duration;

/// The same request with one thing changed.
///
/// @param id stable: `colocate-backend`, `synchronous-commit`, …
/// @param title the change, as an instruction
/// @param because how the figure comes about
/// @param request time of a request after it
/// @param saves what that is less than today; negative where the change costs time
public record WhatIf(
    String id, String title, String because, Duration request, Duration saves, Rate ceiling) {

  /// A change that saves time. Where the parts of a request add up to more than was measured, each
  /// is overrated by as much, and so is what could be saved of it.
  static WhatIf saving(RequestCost cost, Duration time, String id, String title, String because) {
    double real = Math.min(1, Millis.ratio(cost.requestTime(), cost.sum()));
    Duration saves = RequestCost.times(time, real);
    Duration rest = cost.requestTime().minus(saves);
    Duration request = rest.isNegative() ? Duration.ZERO : rest;
    return new WhatIf(id, title, because, request, saves, RequestCost.ceiling(request));
  }

  /// A change that costs time.
  static WhatIf costing(RequestCost cost, Duration time, String id, String title, String because) {
    Duration request = cost.requestTime().plus(time);
    return new WhatIf(id, title, because, request, time.negated(), RequestCost.ceiling(request));
  }
}
