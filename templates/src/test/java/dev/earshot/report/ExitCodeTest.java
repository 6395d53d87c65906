package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "all-good,          INFO,     CLEAN",
    "no-traffic,        INFO,     CLEAN",
    "postmortem,        CRITICAL, FINDINGS",
    "postmortem,        INFO,     FINDINGS",
    "thirty-hosts,      HIGH,     FINDINGS",
    "thirty-hosts,      CRITICAL, INCOMPLETE",
    "hostile,           CRITICAL, FINDINGS",
    "half-blind,        INFO,     INCOMPLETE",
    "nothing-reachable, INFO,     INCOMPLETE",
    "empty-fleet,       INFO,     INCOMPLETE"
  })
  void failuresOutweighGapsAndGapsOutweighNothing(String name, Severity failOn, ExitCode expected) {
    assertThat(ExitCode.of(ReportCases.report(name), failOn)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"CLEAN, 0", "FINDINGS, 1", "USAGE, 2", "INCOMPLETE, 3", "DRIFT, 4"})
  void theShellSeesTheDocumentedNumbers(ExitCode code, int status) {
    assertThat(code.status()).isEqualTo(status);
  }
}
