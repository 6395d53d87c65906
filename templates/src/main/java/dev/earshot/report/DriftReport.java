package dev.earshot.report;

import dev.earshot.drift.Change;
import dev.earshot.drift.Drift;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What has changed since a baseline, ready to be laid out: `earshot.drift/1`.
///
/// The names of the components are the keys of the JSON, as with [AuditReport].
///
/// @param since when the baseline's evidence was collected, ISO 8601 in UTC; nothing where there
///   was no baseline, so that nothing was compared
/// @param takenAt when the evidence was collected
/// @param summary how many there are of each state, all states named
/// @param changes the worst first
/// @param unchanged what fails as it did before
public record DriftReport(
    String schema,
    Optional<String> since,
    String takenAt,
    String earshotVersion,
    Map<String, Integer> summary,
    List<ChangeRow> changes,
    List<ChangeRow> unchanged) {

  public static final String SCHEMA = "earshot.drift/1";

  /// One thing that is not as it was, or that fails as it did.
  ///
  /// @param key the same from run to run
  /// @param told a sentence with what was and what is
  /// @param before of a setting alone, and nothing where it was not set
  /// @param now the same of today
  public record ChangeRow(
      String state, String key, String told, Optional<ValueRow> before, Optional<ValueRow> now) {}

  /// What a setting is.
  ///
  /// @param origin who set it: a file and its line, a statement, `default`
  public record ValueRow(String value, String origin) {}

  public DriftReport {
    summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
    changes = List.copyOf(changes);
    unchanged = List.copyOf(unchanged);
  }

  /// Two audits were compared.
  public static DriftReport of(Drift drift, Instant since, Instant takenAt, String version) {
    return of(Optional.of(since), takenAt, version, drift);
  }

  /// There was nothing to compare with.
  public static DriftReport first(Instant takenAt, String version) {
    return of(Optional.empty(), takenAt, version, new Drift(List.of(), List.of()));
  }

  private static DriftReport of(
      Optional<Instant> since, Instant takenAt, String version, Drift drift) {
    return new DriftReport(
        SCHEMA,
        since.map(DriftReport::time),
        time(takenAt),
        version,
        summary(drift),
        rows(drift.changes()),
        rows(drift.unchanged()));
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, Integer> summary(Drift drift) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Arrays.stream(Change.State.values()).forEach(state -> counts.put(state.label(), 0));
    Stream.concat(drift.changes().stream(), drift.unchanged().stream())
        .forEach(change -> counts.merge(change.state().label(), 1, Integer::sum));
    return counts;
  }

  private static List<ChangeRow> rows(List<Change> changes) {
    return changes.stream()
        .map(change ->
            new ChangeRow(
                change.state().label(),
                change.key(),
                change.told(),
                change.before().map(DriftReport::row),
                change.now().map(DriftReport::row)))
        .toList();
  }

  private static ValueRow row(Change.Value value) {
    return new ValueRow(value.value(), value.origin());
  }
}
