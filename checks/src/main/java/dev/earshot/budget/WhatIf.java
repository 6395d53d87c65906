package dev.earshot.budget;

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

  static WhatIf saving(RequestCost cost, Duration saves, String id, String title, String because) {
    Duration request = cost.requestTime().minus(saves);
    Duration positive = request.isNegative() ? Duration.ZERO : request;
    return new WhatIf(id, title, because, positive, saves, RequestCost.ceiling(positive));
  }
}
