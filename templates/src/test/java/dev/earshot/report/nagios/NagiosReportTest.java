package dev.earshot.report.nagios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NagiosReportTest {

  /// How much Nagios reads of a plugin's output.
  private static final int MOST = 8192;

  /// Label, value with its unit, and the limits that there are.
  private static final String PERFORMANCE = "('[^'=|]+'|[a-z_]+)=-?[0-9.]+(ms)?;[0-9.]*;[0-9.]*;0";

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @CsvSource({
    "all-good, OK, 0",
    "postmortem, CRITICAL, 2",
    "hostile, CRITICAL, 2",
    "empty-fleet, UNKNOWN, 3",
    "nothing-reachable, UNKNOWN, 3"
  })
  void theStateIsTheWorstThatIsKnown(String name, NagiosState state, int status)
      throws IOException {
    assertThat(NagiosState.of(ReportCases.report(name))).isEqualTo(state);
    assertThat(state.status()).isEqualTo(status);
    assertThat(Rendered.of(name, ReportFormat.NAGIOS)).startsWith("EARSHOT %s: ".formatted(state));
  }

  @Test
  void aBoundSaysSoInItsLabel() throws IOException {
    assertThat(Rendered.of(ReportCases.untimed().report(), ReportFormat.NAGIOS))
        .contains(
            " 'request at least lb1/backend1/db1'=", " 'serial_ceiling at most lb1/backend1/db1'=")
        .doesNotContain("'request lb1", "'serial_ceiling lb1");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFirstLineHasTheNumbersAndNothingElseABar(String name) throws IOException {
    String text = Rendered.of(name, ReportFormat.NAGIOS);
    String first = text.lines().findFirst().orElseThrow();

    assertThat(first.split(" \\| ")).hasSize(2);
    assertThat(text.chars().filter(c -> c == '|').count()).isOne();
    assertThat(first.substring(first.indexOf('|') + 2))
        .matches("%s( %s)*".formatted(PERFORMANCE, PERFORMANCE));
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST);
  }
}
