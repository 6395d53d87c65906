package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostName;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrgencyTest {

  @Test
  void theWorstIsFirstAndOfThoseWhatCostsTimeAndOfThatTheMost() {
    assertThat(
            order(
                finding("a", "passes", new Verdict.Pass("")),
                failed("a", "public", Severity.HIGH),
                failed("b", "near", Severity.HIGH, 2.5),
                failed("b", "far", Severity.HIGH, 25),
                failed("b", "farther", Severity.HIGH, 90),
                failed("c", "slow", Severity.CRITICAL, 3),
                failed("c", "slower", Severity.HIGH, 500)))
        .containsExactly("slow", "farther", "far", "near", "slower", "public", "passes");
  }

  /// Two runs never measure quite the same.
  @Test
  void alikeTimesStayInTheCataloguesOrder() {
    assertThat(
            order(
                failed("b", "one", Severity.HIGH, 25.1),
                failed("b", "two", Severity.HIGH, 25.4),
                failed("b", "three", Severity.HIGH, 24.9)))
        .containsExactly("one", "two", "three");
  }

  private static List<String> order(Finding... findings) {
    return Urgency.sorted(List.of(findings)).stream()
        .map(finding -> finding.subject().label())
        .toList();
  }

  private static Finding failed(String check, String host, Severity severity, double... ms) {
    Measurement[] measured = new Measurement[ms.length];
    for (int at = 0; at < ms.length; at++) {
      measured[at] = Measurement.of("rttMedianMs", ms[at], "icmp");
    }
    return finding(check, host, new Verdict.Fail(severity, ""), measured);
  }

  private static Finding finding(
      String check, String host, Verdict verdict, Measurement... measured) {
    return Finding.of(
        new CheckInfo(
            check, "", Severity.CRITICAL, "", new Card(List.of(), List.of(), "by hand", "do")),
        Subject.host(new HostName(host)),
        verdict,
        measured);
  }
}
