package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Severity;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.Summary;
import dev.earshot.report.ExitCode;
import dev.earshot.report.ReportCases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, FAIL",
    "0, 1, 1, 1, 1, FAIL",
    "0, 0, 2, 1, 1, MEDIUM",
    "0, 0, 0, 1, 1, LOW",
    "0, 0, 0, 0, 1, INFO",
  })
  void theWorstFailureNamesIt(
      int critical, int high, int medium, int low, int info, Outcome outcome) {
    AuditReport report =
        with(
            ReportCases.report("all-good"),
            new Summary(critical, high, medium, low, info, 0, 0, 0, 0));

    assertThat(Outcome.of(report)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"all-good, PASS", "half-blind, INCOMPLETE", "empty-fleet, INCOMPLETE"})
  void whereNothingFailedItCountsWhetherAllWasAsked(String name, Outcome outcome) {
    assertThat(Outcome.of(ReportCases.report(name))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmortem", "all-good", "thirty-hosts", "waived", "half-blind"})
  void itFailsWhereTheExitCodeDoes(String name) {
    AuditReport report = ReportCases.report(name);

    assertThat(Outcome.of(report) == Outcome.FAIL)
        .isEqualTo(ExitCode.of(report, Severity.HIGH) == ExitCode.FINDINGS);
  }

  private static AuditReport with(AuditReport report, Summary summary) {
    return new AuditReport(
        report.schema(),
        report.takenAt(),
        report.windowSeconds(),
        report.earshotVersion(),
        report.profile(),
        report.declared(),
        "fail",
        report.headline(),
        summary,
        report.hosts(),
        report.sites(),
        report.links(),
        report.pings(),
        report.flows(),
        report.budgets(),
        report.findings(),
        report.troubles(),
        report.baseline());
  }
}
