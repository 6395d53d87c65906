package dev.earshot.plan;

import dev.earshot.check.Fleet;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.List;

/// What the conditions of a move look at.
///
/// @param work the host that does the work today
/// @param target the host that would do it; after the move the same
/// @param planned after the move, what the work talked to before, if that was kept
record Situation(
    Fleet fleet,
    Move move,
    HostEvidence work,
    HostEvidence target,
    List<Route> routes,
    List<Forecast> forecasts,
    List<Route> planned) {

  Situation {
    routes = List.copyOf(routes);
    forecasts = List.copyOf(forecasts);
    planned = List.copyOf(planned);
  }

  /// The move was made: its evidence shows the work where it is.
  boolean isMoved() {
    return work.name().equals(target.name());
  }

  /// Where a host's work is after the move.
  HostName after(HostName host) {
    return isMoved() ? host : move.after(host);
  }
}
