package dev.earshot.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Where a request's time goes on one path. Everything but path, `rttMs` and the suspects that need
/// no count of requests is missing where `unknown` says why.
///
/// @param parts add up to the request's time, the unexplained rest included; what could not be
///   measured is in that rest, and null or missing itself
/// @param requestMs the least that a request takes where `measuredRequestMs` is missing; then the
///   ceilings, and the times in `whatIfs`, are bounds, too, and `unexplainedMs` is missing
/// @param measuredBy whose clock `measuredRequestMs` is of, as a phrase
/// @param serialCeilingPerSecond none where a request takes no measurable time
/// @param sendsAtOnce requests that the sender keeps under way, where its arrivals are known
public record BudgetRow(
    List<String> path,
    Optional<String> unknown,
    OptionalDouble requestsPerSecond,
    Optional<String> requestsBy,
    OptionalDouble roundTripsPerRequest,
    OptionalDouble roundTripsUncertainty,
    Optional<String> roundTripsBy,
    OptionalDouble rttMs,
    OptionalDouble networkMs,
    OptionalDouble databaseMs,
    OptionalDouble commitMs,
    OptionalDouble commitIfOnMs,
    OptionalDouble unexplainedMs,
    OptionalDouble requestMs,
    OptionalDouble measuredRequestMs,
    Optional<String> measuredBy,
    OptionalDouble explainedRatio,
    OptionalDouble serialCeilingPerSecond,
    OptionalDouble arrivalPerSecond,
    OptionalInt sendsAtOnce,
    OptionalDouble fallingBehindPerSecond,
    List<PartRow> parts,
    List<OpinionRow> opinions,
    List<WhatIfRow> whatIfs,
    List<SuspectRow> suspects) {

  public BudgetRow {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a budget's path has no hosts");
    }
    path = List.copyOf(path);
    parts = List.copyOf(parts);
    opinions = List.copyOf(opinions);
    whatIfs = List.copyOf(whatIfs);
    suspects = List.copyOf(suspects);
  }

  /// Whether a request was measured as a whole, so that its time and what follows from it are more
  /// than bounds.
  public boolean exact() {
    return measuredRequestMs.isPresent();
  }

  /// `lb1 → backend1 → db1`
  public String label() {
    return String.join(" → ", path);
  }

  /// One part of a request's time.
  ///
  /// @param id stable: `queue`, `balancer-network`, `database-network`, `cache-network`,
  ///   `database`, `commit`, `computing`, `stolen`, `unexplained`
  public record PartRow(String id, String title, double ms, double ratio) {

    public PartRow {
      if (ratio < 0) {
        throw new IllegalArgumentException("a part's ratio is negative");
      }
    }
  }

  /// Another count of the same round trips.
  public record OpinionRow(String by, double roundTripsPerRequest) {}

  /// The same request with one thing changed.
  ///
  /// @param savesMs negative where the change costs time
  /// @param serialCeilingPerSecond none where a request would take no measurable time
  public record WhatIfRow(
      String id,
      String title,
      String because,
      double requestMs,
      double savesMs,
      OptionalDouble serialCeilingPerSecond) {}

  /// Something that people suspect, and what the numbers say.
  ///
  /// @param id stable; `pool` is the backend's own connections, `connections` the server's limit
  /// @param judgement `cause`, `part`, `cleared` or `unknown`
  /// @param next where to look for what could not be told
  public record SuspectRow(
      String id, String title, String judgement, String because, Optional<LookRow> next) {}

  /// A command that somebody would run on a host.
  public record LookRow(String host, String command) {}
}
