package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.ReportCases.Audit;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reports with pseudonyms name nobody, and judge the same.
class AnonymousReportTest {

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noReportInAnyFormatNamesAHostOrItsAddress(String name) throws IOException {
    FleetRecording recording = ReportCases.audit(name).recording();
    AuditReport report = anonymous(name).report();

    for (ReportFormat format : ReportFormat.values()) {
      StringBuilder out = new StringBuilder();
      format.render(report, new RenderOptions(false, 120, true), out);
      for (InventoryHost host : recording.hosts().stream().map(HostRecording::host).toList()) {
        assertThat(out)
            .doesNotContain(host.name().value())
            .doesNotContain(Harmless.line(host.name().value()))
            .doesNotContainIgnoringCase("pwned")
            .doesNotContainIgnoringCase("owned\n")
            .doesNotContainPattern("(?<![\\d.])" + host.address().replace(".", "\\.") + "(?!\\d)");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noAnswerNamesAHostOrItsAddress(String name) {
    FleetRecording recording = ReportCases.audit(name).recording();
    String answers =
        anonymous(name).recording().hosts().stream()
            .map(host -> host.toString())
            .reduce("", String::concat);

    for (InventoryHost host : recording.hosts().stream().map(HostRecording::host).toList()) {
      assertThat(answers)
          .doesNotContain(host.name().value())
          .doesNotContainPattern("(?<![\\d.])" + host.address().replace(".", "\\.") + "(?!\\d)");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itIsJudgedTheSame(String name) {
    AuditReport named = ReportCases.report(name);
    AuditReport anonymous = anonymous(name).report();

    assertThat(anonymous.summary()).isEqualTo(named.summary());
    assertThat(verdicts(anonymous)).containsExactlyInAnyOrderElementsOf(verdicts(named));
    assertThat(anonymous.links()).hasSameSizeAs(named.links());
    assertThat(anonymous.flows()).hasSameSizeAs(named.flows());
    assertThat(anonymous.sites()).hasSameSizeAs(named.sites());
  }

  @Test
  void hostsAreCalledAfterTheirRolesInTheOrderOfTheirNames() {
    assertThat(anonymous("postmortem").report().hosts().stream().map(HostRow::name))
        .containsExactly(
            "load-balancer-1", "load-balancer-2", "backend-1", "backend-2", "database-1");
  }

  /// What follows its last dot is a piece of an address, and no file's extension.
  @Test
  void aListOfHostsGetsNoNameLikeAFile() {
    FleetRecording listed =
        ReportCases.declared(
            ReportCases.audit("postmortem").recording(),
            _ -> new InventoryHost.Line("lb1,10.77.0.21,", 0),
            Map.of());

    assertThat(Pseudonyms.of(List.of(listed)).of(listed).hosts())
        .extracting(host -> host.host().file())
        .containsOnly("");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyRunGivesTheSameNames(String name) {
    assertThat(anonymous(name)).isEqualTo(anonymous(name));
  }

  private static Audit anonymous(String name) {
    Audit audit = ReportCases.audit(name);
    Pseudonyms names = Pseudonyms.of(List.of(audit.recording()));
    return new Audit(names.of(audit.recording()), audit.arrivals(), names.of(audit.policy()));
  }

  private static List<String> verdicts(AuditReport report) {
    return Stream.of(report.findings())
        .flatMap(List::stream)
        .map((FindingRow finding) ->
            finding.check() + " " + finding.verdict() + " " + finding.severity())
        .toList();
  }
}
