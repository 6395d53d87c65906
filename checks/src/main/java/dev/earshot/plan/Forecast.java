package dev.earshot.plan;

import dev.earshot.budget.RequestCost;
import dev.earshot.budget.WhatIf;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import java.util.List;

/// What one path's requests take today, and would take after the move.
///
/// @param before the hosts that a request goes through today
/// @param after the same with the move made
/// @param cost of a request today; uncollected, with the reason, where none was seen
/// @param moved the same request after the move, as predicted; uncollected, with the reason, where
///   a distance is not known; absent where nothing was predicted
public record Forecast(
    List<HostName> before,
    List<HostName> after,
    Evidence<RequestCost> cost,
    Evidence<WhatIf> moved) {

  public Forecast {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /// `lb1 → backend1 → db1`
  static String label(List<HostName> hosts) {
    return String.join(" → ", hosts.stream().map(HostName::value).toList());
  }
}
