package dev.earshot.history;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.BudgetRow;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.Trends;
import dev.earshot.report.Trends.Trend;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Which measurements of a report are followed through the runs before it: the links between hosts
/// that talk to each other, and the paths of requests.
final class TrendSeries {

  /// More points than these, no line of a terminal shows.
  static final int RUNS = 30;

  /// More rows than these, nobody reads.
  private static final int MOST = 50;

  /// Two hosts and how the way between them was measured.
  private record Measured(String from, String to, String method) {}

  private final History history;
  private final List<KeptRun> runs;

  TrendSeries(History history, List<KeptRun> runs) {
    this.history = history;
    this.runs = runs;
  }

  Trends of(AuditReport report) {
    Set<List<String>> talking = new HashSet<>();
    for (FlowRow flow : report.flows()) {
      talking.add(List.of(flow.from(), flow.to()));
    }
    return new Trends(
        runs.size(),
        runs.getFirst().started().toString(),
        report.links().stream()
            .filter(link -> link.rttMedianMs().isPresent())
            .filter(link -> talking.contains(List.of(link.from(), link.to())))
            .sorted(Comparator.comparingDouble(link -> -link.rttMedianMs().getAsDouble()))
            .map(link -> new Measured(link.from(), link.to(), link.method()))
            .distinct()
            .limit(MOST)
            .map(this::trend)
            .toList(),
        report.budgets().stream()
            .filter(budget -> budget.serialCeilingPerSecond().isPresent())
            .sorted(
                Comparator.comparingDouble(budget -> budget.serialCeilingPerSecond().getAsDouble()))
            .limit(MOST)
            .map(this::trend)
            .toList());
  }

  private Trend trend(Measured link) {
    return new Trend(
        "%s → %s (%s)".formatted(link.from(), link.to(), link.method()),
        values(history.roundTrips(runs, link.from(), link.to(), link.method())));
  }

  private Trend trend(BudgetRow path) {
    return new Trend(path.label(), values(history.ceilings(runs, path.label())));
  }

  private List<OptionalDouble> values(Map<Long, Double> byRun) {
    return runs.stream()
        .map(run -> {
          Double value = byRun.get(run.id());
          return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        })
        .toList();
  }
}
