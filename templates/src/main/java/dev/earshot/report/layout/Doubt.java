package dev.earshot.report.layout;

import dev.earshot.report.AuditReport.FindingRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What could not be judged of one subject for one and the same reason: one gap in the evidence
/// leaves many checks open, and readers want to hear of it once.
///
/// @param checks ids, at least one
/// @param subject as people read it
/// @param because as the findings say it, subject and all
public record Doubt(List<String> checks, String subject, String because) {

  /// More ids than these are told by their subjects.
  private static final int NAMED = 3;

  private record Key(String subject, String because) {}

  public Doubt {
    checks = List.copyOf(checks);
  }

  /// In the order in which they first appear.
  public static List<Doubt> of(List<FindingRow> findings) {
    Map<Key, List<String>> checks = new LinkedHashMap<>();
    for (FindingRow finding : findings) {
      checks
          .computeIfAbsent(
              new Key(finding.subject().label(), finding.because()), _ -> new ArrayList<>())
          .add(finding.check());
    }
    return checks.entrySet().stream()
        .map(entry ->
            new Doubt(entry.getValue(), entry.getKey().subject(), entry.getKey().because()))
        .toList();
  }

  /// `postgres.*`, or the ids where they are few.
  public String brief() {
    return checks.size() <= NAMED
        ? String.join(", ", checks)
        : checks.stream()
            .map(Doubt::family)
            .distinct()
            .map(family -> family + ".*")
            .collect(Collectors.joining(", "));
  }

  /// All of them: the id of one, else `latency: detour, jitter; postgres: connections`.
  public String inFull() {
    return checks.size() == 1
        ? checks.getFirst()
        : checks.stream()
            .collect(
                Collectors.groupingBy(
                    Doubt::family,
                    LinkedHashMap::new,
                    Collectors.mapping(Doubt::name, Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(family -> family.getKey() + ": " + family.getValue())
            .collect(Collectors.joining("; "));
  }

  /// A sentence with what could not be judged, of what, and why.
  ///
  /// @param which how the checks are called: in brief or in full
  public String sentence(String which) {
    return checks.size() == 1
        ? "%s: %s".formatted(which, because)
        : "%s on %s: %d checks could not judge: %s"
            .formatted(which, subject, checks.size(), Findings.because(subject, because));
  }

  private static String family(String id) {
    return id.substring(0, Math.max(0, id.indexOf('.')));
  }

  private static String name(String id) {
    return id.substring(id.indexOf('.') + 1);
  }
}
