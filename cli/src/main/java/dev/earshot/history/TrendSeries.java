package dev.earshot.history;

import dev.earshot.history.History.KeptPath;
import dev.earshot.report.AuditReport;
import dev.earshot.report.Trends;
import dev.earshot.report.Trends.Trend;
import dev.earshot.topology.Flow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
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
  static final int MOST = 50;

  /// Two hosts and how the way between them was measured.
  record Measured(String from, String to, String method) {}

  private final History history;
  private final List<KeptRun> runs;

  TrendSeries(History history, List<KeptRun> runs) {
    this.history = history;
    this.runs = runs;
  }

  Trends of(AuditReport report) {
    return new Trends(
        runs.size(),
        runs.getFirst().started().toString(),
        links(report, runs, this::readable).entrySet().stream()
            .map(link -> trend(link.getKey(), link.getValue()))
            .toList(),
        paths().entrySet().stream().map(path -> trend(path.getKey(), path.getValue())).toList());
  }

  /// Who waits for whom is in whole reports alone: they are read one after the other, and no
  /// further than lines are wanted.
  ///
  /// @param runs the oldest first, that of the report the last
  /// @param earlier reads the report of another run
  /// @return with the last run that had each
  static SequencedMap<Measured, Integer> links(
      AuditReport report, List<KeptRun> runs, Function<KeptRun, Optional<AuditReport>> earlier) {
    SequencedMap<Measured, Integer> links = new LinkedHashMap<>();
    Optional<AuditReport> then = Optional.of(report);
    for (int run = runs.size() - 1; run >= 0; run--) {
      int last = run;
      then.stream()
          .flatMap(TrendSeries::links)
          .forEach(link -> {
            if (links.size() < MOST) {
              links.putIfAbsent(link, last);
            }
          });
      if (run == 0 || links.size() == MOST) {
        break;
      }
      then = earlier.apply(runs.get(run - 1));
    }
    return links;
  }

  /// With the last run that had each.
  private SequencedMap<String, Integer> paths() {
    Map<Long, Integer> place = new HashMap<>();
    IntStream.range(0, runs.size()).forEach(run -> place.put(runs.get(run).id(), run));
    SequencedMap<String, Integer> paths = new LinkedHashMap<>();
    for (KeptPath path : history.paths(runs)) {
      Integer last = place.get(path.run());
      if (last != null && paths.size() < MOST) {
        paths.putIfAbsent(path.path(), last);
      }
    }
    return paths;
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
        .filter(link -> link.distanceMs().isPresent())
        .filter(link -> talking.contains(List.of(link.from(), link.to())))
        .sorted(Comparator.comparingDouble(link -> -link.distanceMs().getAsDouble()))
        .map(link -> new Measured(link.from(), link.to(), link.method()));
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
