package dev.earshot.history;

import dev.earshot.check.Profile;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.recording.Judging;
import dev.earshot.recording.PolicyText;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.ReportAssembly;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Audits of the incident, some of them changed.
final class Incident {

  static final FleetRecording RECORDING =
      RecordingStore.load(Path.of("../inventory-samples/postmortem/recorded"));
  static final AuditReport REPORT =
      ReportAssembly.assemble(FleetEvidence.of(RECORDING, Optional.empty()), "test");
  static final Judging JUDGING =
      new Judging(
          Optional.of(new Arrivals(new Rate(2.5), 4)),
          Optional.of(Profile.Intent.LEMMY),
          Optional.of(new PolicyText("ours.yml", "fail_on: low\n", true)));
  static final Inventory INVENTORY = new Inventory("/etc/ansible/hosts.yml", "");

  private Incident() {}

  static NewRun run() {
    return of(INVENTORY, REPORT);
  }

  static NewRun of(Inventory inventory, AuditReport report) {
    return new NewRun(inventory, report, RECORDING, JUDGING, 1);
  }

  /// The report with every round trip changed to this.
  static AuditReport withRoundTrips(double milliseconds) {
    return withLinks(
        REPORT.links().stream()
            .map(link -> withRoundTrip(link, OptionalDouble.of(milliseconds)))
            .toList());
  }

  static AuditReport withoutRoundTrips() {
    return withLinks(
        REPORT.links().stream().map(link -> withRoundTrip(link, OptionalDouble.empty())).toList());
  }

  /// The report without what somebody talked to, and without its paths, but with its links.
  static AuditReport withoutFlowsTo(String host) {
    return with(
        REPORT.links(),
        REPORT.flows().stream().filter(flow -> !flow.to().equals(host)).toList(),
        List.of());
  }

  /// The report, with everybody's connections taken for those of administrators.
  static AuditReport administered() {
    return with(
        REPORT.links(),
        REPORT.flows().stream()
            .map(flow ->
                new FlowRow(
                    flow.from(),
                    flow.to(),
                    22,
                    "ssh",
                    flow.connections(),
                    flow.rttMinMs(),
                    flow.roundTripsPerSecond()))
            .toList(),
        List.of());
  }

  /// The report, with that many links to one server, each used, and no others.
  static AuditReport withLinks(int count) {
    List<String> clients = IntStream.range(0, count).mapToObj(at -> "client" + at).toList();
    return with(
        clients.stream()
            .map(client ->
                new LinkRow(
                    client,
                    "server",
                    "icmp",
                    10,
                    10,
                    OptionalDouble.of(1),
                    OptionalDouble.of(1),
                    OptionalDouble.of(1),
                    OptionalDouble.of(1),
                    OptionalDouble.of(0)))
            .toList(),
        clients.stream()
            .map(client ->
                new FlowRow(
                    client,
                    "server",
                    5432,
                    "postgres",
                    1,
                    OptionalDouble.empty(),
                    OptionalDouble.empty()))
            .toList(),
        List.of());
  }

  private static LinkRow withRoundTrip(LinkRow link, OptionalDouble ms) {
    return new LinkRow(
        link.from(),
        link.to(),
        link.method(),
        link.sent(),
        link.received(),
        ms,
        link.method().equals("icmp") ? ms : OptionalDouble.of(99),
        link.rttP95Ms(),
        link.rttMaxMs(),
        link.lossRatio());
  }

  private static AuditReport withLinks(List<LinkRow> links) {
    return with(links, REPORT.flows(), REPORT.budgets());
  }

  private static AuditReport with(
      List<LinkRow> links, List<FlowRow> flows, List<BudgetRow> budgets) {
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
        flows,
        REPORT.containers(),
        budgets,
        REPORT.findings(),
        REPORT.troubles(),
        REPORT.baseline());
  }
}
