package dev.earshot.report;

import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is to be read first: what failed, by its severity; within that, what costs a request
/// measured time; of one check, the most first. All else stays in the catalogue's order.
///
/// Times count by their order of magnitude alone: what is measured differs from run to run, and
/// reports are compared with those of yesterday.
final class Urgency {

  private static final String MILLISECONDS = "Ms";

  private Urgency() {}

  /// The findings of a report, in the order of the catalogue before.
  static List<Finding> sorted(List<Finding> findings) {
    Map<String, Integer> catalogue = new HashMap<>();
    findings.forEach(finding -> catalogue.putIfAbsent(finding.check().id(), catalogue.size()));
    return findings.stream()
        .sorted(
            Comparator.comparing((Finding finding) -> !finding.failed())
                .thenComparing(Finding::severity)
                .thenComparing(finding -> magnitude(finding) == 0)
                .thenComparing(finding -> catalogue.get(finding.check().id()))
                .thenComparingInt(finding -> -magnitude(finding)))
        .toList();
  }

  /// 0 where it costs no time, or none that was measured, or less than a tenth of a millisecond.
  private static int magnitude(Finding finding) {
    if (!finding.failed()) {
      return 0;
    }
    double most =
        finding.measured().stream()
            .filter(measured -> measured.name().endsWith(MILLISECONDS))
            .mapToDouble(Measurement::value)
            .max()
            .orElse(0);
    return most < 0.1 ? 0 : (int) Math.floor(Math.log(most * 10) / Math.log(2)) + 1;
  }
}
