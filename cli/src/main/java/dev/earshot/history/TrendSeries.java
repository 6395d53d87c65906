package dev.earshot.history;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.BudgetRow;
import dev.earshot.report.Trends;
import dev.earshot.report.Trends.Trend;
import dev.earshot.topology.Flow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which measurements are followed through the runs up to a report: the links between hosts that
/// talk to each other, administrators' sessions apart, and the paths of requests. Those of the
/// report come first, then those that only runs before it had.
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
    SequencedMap<Measured, Integer> links = new LinkedHashMap<>();
    SequencedMap<String, Integer> paths = new LinkedHashMap<>();
    for (int run = runs.size() - 1; run >= 0; run--) {
      int last = run;
      Optional<AuditReport> then =
          run == runs.size() - 1 ? Optional.of(report) : readable(runs.get(run));
      then.stream().flatMap(TrendSeries::links).forEach(link -> links.putIfAbsent(link, last));
      then.stream().flatMap(TrendSeries::paths).forEach(path -> paths.putIfAbsent(path, last));
    }
    return new Trends(
        runs.size(),
        runs.getFirst().started().toString(),
        links.entrySet().stream()
            .limit(MOST)
            .map(link -> trend(link.getKey(), link.getValue()))
            .toList(),
        paths.entrySet().stream()
            .limit(MOST)
            .map(path -> trend(path.getKey(), path.getValue()))
            .toList());
  }

  /// One whose report is not whole says nothing of who talked; what it measured is kept beside it.
  private Optional<AuditReport> readable(KeptRun run) {
    try {
      return Optional.of(history.report(run));
    } catch (HistoryException _) {
      return Optional.empty();
    }
  }

  /// The links that somebody waits for, the longest first.
  private static Stream<Measured> links(AuditReport report) {
    Set<List<String>> talking =
        report.flows().stream()
            .filter(flow -> !Flow.isAdministration(flow.service()))
            .map(flow -> List.of(flow.from(), flow.to()))
            .collect(Collectors.toSet());
    return report.links().stream()
        .filter(link -> link.rttMedianMs().isPresent())
        .filter(link -> talking.contains(List.of(link.from(), link.to())))
        .sorted(Comparator.comparingDouble(link -> -link.rttMedianMs().getAsDouble()))
        .map(link -> new Measured(link.from(), link.to(), link.method()));
  }

  /// The paths of requests, those with the lowest ceiling first.
  private static Stream<String> paths(AuditReport report) {
    return report.budgets().stream()
        .filter(budget -> budget.serialCeilingPerSecond().isPresent())
        .sorted(Comparator.comparingDouble(budget -> budget.serialCeilingPerSecond().getAsDouble()))
        .map(BudgetRow::label);
  }

  private Trend trend(Measured link, int last) {
    return trend(
        "%s → %s (%s)".formatted(link.from(), link.to(), link.method()),
        history.roundTrips(runs, link.from(), link.to(), link.method()),
        last);
  }

  private Trend trend(String path, int last) {
    return trend(path, history.ceilings(runs, path), last);
  }

  /// @param last the run after which nobody waited for it any more, though it may have been
  ///   measured
  private Trend trend(String label, Map<Long, Double> byRun, int last) {
    return new Trend(
        label,
        IntStream.range(0, runs.size())
            .mapToObj(run -> value(run > last ? null : byRun.get(runs.get(run).id())))
            .toList(),
        last == runs.size() - 1
            ? Optional.empty()
            : Optional.of(runs.get(last).started().toString()));
  }

  private static OptionalDouble value(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
