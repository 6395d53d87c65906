package dev.earshot.report;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.TroubleRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Whether to move one host's work to another, ready to be laid out: `earshot.plan/1`.
///
/// The names of the components are the keys of the JSON, as with [AuditReport], whose findings and
/// troubles it shares.
///
/// @param takenAt when the evidence was collected, ISO 8601 in UTC
/// @param stage `before` the move, or `after` it
/// @param verdict `go`, `no-go` or `unknown`
/// @param headline the verdict's reason in a sentence
public record PlanReport(
    String schema,
    String takenAt,
    double windowSeconds,
    String earshotVersion,
    MoveRow move,
    String stage,
    String verdict,
    String headline,
    List<RouteRow> routes,
    List<ForecastRow> forecasts,
    List<FindingRow> findings,
    List<TroubleRow> troubles) {

  public static final String SCHEMA = "earshot.plan/1";

  public PlanReport {
    routes = List.copyOf(routes);
    forecasts = List.copyOf(forecasts);
    findings = List.copyOf(findings);
    troubles = List.copyOf(troubles);
  }

  /// Whose work goes where.
  public record MoveRow(String from, String to) {

    /// `backend1 → backend2`
    public String label() {
      return from + " → " + to;
    }
  }

  /// What the work talks to.
  ///
  /// @param direction `to` the peer, which serves, or `from` it
  /// @param rttBeforeMs from where the work is, with its method
  /// @param rttAfterMs from where it would be
  /// @param difference as people say it: `+25 ms on 20 calls`
  public record RouteRow(
      String direction,
      String peer,
      int port,
      String service,
      int connections,
      OptionalDouble rttBeforeMs,
      Optional<String> rttBeforeBy,
      OptionalDouble rttAfterMs,
      Optional<String> rttAfterBy,
      OptionalDouble callsPerRequest,
      Optional<String> difference) {}

  /// What requests take on one path.
  ///
  /// @param exactBefore whether a request was measured as a whole; else its time is the least that
  ///   it takes, and the ceiling the most that a sender gets
  /// @param exactAfter whether the one that was predicted from was
  /// @param requestBeforeMs measured; after the move, what is measured then
  /// @param requestAfterMs predicted
  /// @param because how the prediction comes about, or why there is none
  public record ForecastRow(
      List<String> pathBefore,
      List<String> pathAfter,
      boolean exactBefore,
      boolean exactAfter,
      OptionalDouble requestBeforeMs,
      OptionalDouble serialCeilingBeforePerSecond,
      OptionalDouble requestAfterMs,
      OptionalDouble serialCeilingAfterPerSecond,
      String because) {

    public ForecastRow {
      pathBefore = List.copyOf(pathBefore);
      pathAfter = List.copyOf(pathAfter);
    }
  }
}
