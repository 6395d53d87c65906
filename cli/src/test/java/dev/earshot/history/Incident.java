package dev.earshot.history;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.ReportAssembly;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Audits of the incident, some of them changed.
final class Incident {

  static final FleetRecording RECORDING =
      RecordingStore.load(Path.of("../inventory-samples/postmortem/recorded"));
  static final AuditReport REPORT =
      ReportAssembly.assemble(FleetEvidence.of(RECORDING, Optional.empty()), "test");
  static final Inventory INVENTORY = new Inventory("/etc/ansible/hosts.yml", "");

  private Incident() {}

  static NewRun run() {
    return of(INVENTORY, REPORT);
  }

  static NewRun of(Inventory inventory, AuditReport report) {
    return new NewRun(inventory, report, RECORDING, 1);
  }

  /// The report with every median round trip changed to this.
  static AuditReport withMedians(double milliseconds) {
    return withLinks(
        REPORT.links().stream()
            .map(link -> withMedian(link, OptionalDouble.of(milliseconds)))
            .toList());
  }

  static AuditReport withoutMedians() {
    return withLinks(
        REPORT.links().stream().map(link -> withMedian(link, OptionalDouble.empty())).toList());
  }

  private static LinkRow withMedian(LinkRow link, OptionalDouble median) {
    return new LinkRow(
        link.from(),
        link.to(),
        link.method(),
        link.sent(),
        link.received(),
        link.rttMinMs(),
        median,
        link.rttP95Ms(),
        link.rttMaxMs(),
        link.lossRatio());
  }

  private static AuditReport withLinks(List<LinkRow> links) {
    return new AuditReport(
        REPORT.schema(),
        REPORT.takenAt(),
        REPORT.windowSeconds(),
        REPORT.earshotVersion(),
        REPORT.profile(),
        REPORT.declared(),
        REPORT.verdict(),
        REPORT.headline(),
        REPORT.summary(),
        REPORT.hosts(),
        REPORT.sites(),
        links,
        REPORT.pings(),
        REPORT.flows(),
        REPORT.budgets(),
        REPORT.findings(),
        REPORT.troubles(),
        REPORT.baseline());
  }
}
