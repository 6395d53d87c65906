package dev.earshot.plan;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether one host's work would do well on another, judged before it moves, or after.
///
/// @param acceptance the move was made: the evidence shows the work on its new host
/// @param routes what the work talks to
/// @param forecasts what its requests take
/// @param findings the reasons against the move first, worst first; then those that are waived,
///   what is not known, and what is well
public record Plan(
    Move move,
    boolean acceptance,
    Outcome outcome,
    List<Route> routes,
    List<Forecast> forecasts,
    List<Finding> findings) {

  private static final List<Condition> BEFORE =
      List.of(
          new DistanceCondition(),
          new CommitWaitCondition(),
          new RequestTimeCondition(),
          new ReachCondition(),
          new AdmissionCondition(),
          new DatabaseServerCondition(),
          new PortsCondition(),
          new ResourcesCondition(),
          new PlatformCondition(),
          new EngineCondition(),
          new OtherWorkCondition(),
          new NamesCondition(),
          new ClockCondition());

  private static final List<Condition> AFTER =
      List.of(
          new DistanceCondition(),
          new CommitWaitCondition(),
          new ArrivalCondition(),
          new ReachedTimeCondition(),
          new NamesCondition(),
          new ClockCondition());

  public Plan {
    routes = List.copyOf(routes);
    forecasts = List.copyOf(forecasts);
    findings = List.copyOf(findings);
  }

  /// The conditions whose failures can be waived, sorted by id. What was not seen can't be.
  public static List<CheckInfo> conditions() {
    return Stream.concat(BEFORE.stream(), AFTER.stream())
        .map(Condition::info)
        .distinct()
        .sorted(Comparator.comparing(CheckInfo::id))
        .toList();
  }

  /// Judges a move before it is made.
  ///
  /// @throws IllegalArgumentException where a host is not in the evidence
  public static Plan of(Fleet fleet, Move move) {
    return of(
        new Situation(
            fleet,
            move,
            host(fleet, move.from()),
            host(fleet, move.to()),
            Routes.of(fleet, move),
            Forecasts.of(fleet, move),
            List.of()),
        false,
        BEFORE);
  }

  /// Judges a move after it was made: does the work do as well as was promised?
  ///
  /// @param before the evidence that the move was planned on, if it was kept
  /// @throws IllegalArgumentException where a host is not in the evidence
  public static Plan accept(Fleet fleet, Move move, Optional<Fleet> before) {
    HostEvidence target = host(fleet, move.to());
    host(fleet, move.from());
    Optional<Plan> planned = before.map(then -> of(then, move));
    return of(
        new Situation(
            fleet,
            move,
            target,
            target,
            Routes.of(fleet, move.to()),
            Forecasts.reached(fleet, move.to(), planned.map(Plan::forecasts).orElse(List.of())),
            planned.map(Plan::routes).orElse(List.of())),
        true,
        AFTER);
  }

  private static Plan of(Situation situation, boolean acceptance, List<Condition> conditions) {
    List<Finding> evidence = new EvidenceCondition().judge(situation);
    boolean blind =
        situation.work().unreachable().isPresent() || situation.target().unreachable().isPresent();
    List<Finding> findings =
        Stream.concat(
                evidence.stream(),
                blind
                    ? Stream.empty()
                    : conditions.stream()
                        .flatMap(each -> each.judge(situation).stream())
                        .map(situation.fleet()::waived))
            .distinct()
            .sorted(Comparator.comparingInt(Plan::rank).thenComparing(Finding::severity))
            .toList();
    return new Plan(
        situation.move(),
        acceptance,
        Outcome.of(findings),
        situation.routes(),
        situation.forecasts(),
        findings);
  }

  private static int rank(Finding finding) {
    return switch (finding.verdict()) {
      case Verdict.Fail _ -> 0;
      case Verdict.Waived _ -> 1;
      case Verdict.Unknown _ -> 2;
      case Verdict.Pass _ -> 3;
      case Verdict.NotApplicable _ -> 4;
    };
  }

  private static HostEvidence host(Fleet fleet, HostName name) {
    Optional<HostEvidence> host = fleet.evidence().host(name);
    return host.orElseThrow(() -> new IllegalArgumentException("no evidence of " + name));
  }
}
