package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Severity;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.Summary;
import dev.earshot.report.ExitCode;
import dev.earshot.report.ReportCases;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
            new Summary(critical, high, medium, low, info, 0, 0, 0, 0),
            List.of());

    assertThat(Outcome.of(report)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"all-good, PASS", "half-blind, INCOMPLETE", "empty-fleet, INCOMPLETE"})
  void whereNothingFailedItCountsWhetherAllWasAsked(String name, Outcome outcome) {
    assertThat(Outcome.of(ReportCases.report(name))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postmortem", "all-good", "thirty-hosts", "waived", "half-blind", "empty-fleet"})
  void itFailsAndIsIncompleteWhereTheExitCodeIs(String name) {
    AuditReport report = ReportCases.report(name);

    assertSame(report);
    Stream.of(Severity.values()).forEach(severity -> assertSame(failing(report, severity)));
  }

  private static void assertSame(AuditReport report) {
    Outcome outcome = Outcome.of(report);
    ExitCode exit = ExitCode.of(report, Severity.HIGH);

    assertThat(outcome == Outcome.FAIL).isEqualTo(exit == ExitCode.FINDINGS);
    assertThat(outcome == Outcome.INCOMPLETE).isEqualTo(exit == ExitCode.INCOMPLETE);
  }

  @ParameterizedTest
  @EnumSource(Severity.class)
  void whatIsMildDoesNotHideWhatCouldNotBeAsked(Severity severity) {
    assertThat(Outcome.of(failing(ReportCases.report("half-blind"), severity)))
        .isEqualTo(severity.isAtLeast(Severity.HIGH) ? Outcome.FAIL : Outcome.INCOMPLETE);
  }

  /// With one failure more.
  private static AuditReport failing(AuditReport report, Severity severity) {
    Summary summary = report.summary();
    FindingRow failed =
        new FindingRow(
            "custom.swappiness",
            severity.label(),
            "fail",
            new HostSubject("db1", "db1", Optional.empty()),
            "The kernel rarely swaps.",
            "db1: result.stdout | int <= 10 does not hold: 60",
            "",
            "custom.swappiness/db1",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return with(
        report,
        new Summary(
            summary.critical() + (severity == Severity.CRITICAL ? 1 : 0),
            summary.high() + (severity == Severity.HIGH ? 1 : 0),
            summary.medium() + (severity == Severity.MEDIUM ? 1 : 0),
            summary.low() + (severity == Severity.LOW ? 1 : 0),
            summary.info() + (severity == Severity.INFO ? 1 : 0),
            summary.waived(),
            summary.pass(),
            summary.unknown(),
            summary.notApplicable()),
        List.of(failed));
  }

  /// @param more findings
  private static AuditReport with(AuditReport report, Summary summary, List<FindingRow> more) {
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
        report.containers(),
        report.budgets(),
        Stream.concat(report.findings().stream(), more.stream()).toList(),
        report.troubles(),
        report.baseline());
  }
}
