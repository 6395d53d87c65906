package dev.earshot.budget;

import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import java.time.Duration;

/// The same request with one thing changed. Where nobody measured today's as a whole, its time is
/// the least that it takes then, and the ceiling the most that a sender gets.
///
/// @param id stable: `colocate-backend`, `synchronous-commit`, …
/// @param title the change, as an instruction
/// @param because how the figure comes about
/// @param request time of a request after it
/// @param saves what that is less than today; negative where the change costs time
/// @param exact whether today's request was measured as a whole
public record WhatIf(
    String id,
    String title,
    String because,
    Duration request,
    Duration saves,
    Rate ceiling,
    boolean exact) {

  /// A request's time then, in words: `7.8 ms`, or `at least 7.8 ms`.
  public String requestWords() {
    return (exact ? "" : "at least ") + Millis.format(request);
  }

  /// What is a bound only, said after a rate: ` at most`.
  public String ceilingWords() {
    return ceiling + (exact ? "" : " at most");
  }

  /// A change that saves time. Where the parts of a request add up to more than was measured, each
  /// is overrated by as much, and so is what could be saved of it.
  static WhatIf saving(RequestCost cost, Duration time, String id, String title, String because) {
    double real = Math.min(1, Millis.ratio(cost.requestTime(), cost.sum()));
    Duration saves = RequestCost.times(time, real);
    Duration rest = cost.requestTime().minus(saves);
    Duration request = rest.isNegative() ? Duration.ZERO : rest;
    return new WhatIf(
        id,
        title,
        because,
        request,
        saves,
        RequestCost.ceiling(request),
        cost.measured().isPresent());
  }

  /// A change that costs time.
  static WhatIf costing(RequestCost cost, Duration time, String id, String title, String because) {
    Duration request = cost.requestTime().plus(time);
    return new WhatIf(
        id,
        title,
        because,
        request,
        time.negated(),
        RequestCost.ceiling(request),
        cost.measured().isPresent());
  }
}
