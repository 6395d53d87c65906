package dev.earshot.report.prometheus;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gauges of one audit, in base units and without timestamps, as node_exporter takes them from a
/// `*.prom` file. When the audit was is a gauge itself, so that a cron job that died is seen; when
/// the last one was that could ask everything is another, for one that finds no way in any more.
///
/// Labels are hosts, checks and severities, never messages; round trips are told only of pairs that
/// talk to each other: a matrix would grow with the square of the fleet.
public final class PrometheusRenderer implements Renderer {

  private static final double MILLIS = 1000;

  private record Failure(String host, String check, String severity) {}

  private record Pair(String from, String to) {}

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    for (Family family : families(report, options.lastSuccess())) {
      out.append(family.toString());
    }
  }

  private static List<Family> families(AuditReport report, OptionalLong lastSuccess) {
    boolean complete = !report.hosts().isEmpty() && report.troubles().isEmpty();
    long began = Instant.parse(report.takenAt()).getEpochSecond();
    Family success =
        new Family(
                LastSuccess.NAME,
                "When the last audit began that could ask everything; 0 if none could.")
            .with(complete ? began : lastSuccess.orElse(0));
    Family rttMedian =
        new Family("earshot_rtt_median_seconds", "Median round trip of a pair that talks.");
    Family rttMin = new Family("earshot_rtt_min_seconds", "Shortest round trip of such a pair.");
    Family loss = new Family("earshot_loss_ratio", "Share of a pair's packets that got lost.");
    Set<Pair> talking =
        report.flows().stream()
            .map((FlowRow flow) -> new Pair(flow.from(), flow.to()))
            .collect(Collectors.toSet());
    report.links().stream()
        .filter(link -> talking.contains(new Pair(link.from(), link.to())))
        .forEach(link -> add(link, rttMedian, rttMin, loss));
    return List.of(
        new Family("earshot_info", "Version of Earshot, and the profile it judged by.")
            .with(1, "version", report.earshotVersion(), "profile", report.profile().name()),
        new Family("earshot_last_run_timestamp_seconds", "When the last audit began.").with(began),
        success,
        new Family("earshot_last_run_complete", "1 if everything could be asked, else 0.")
            .with(complete ? 1 : 0),
        hosts(report),
        verdicts(report),
        failures(report),
        rttMedian,
        rttMin,
        loss,
        measured(report),
        requests(report),
        ceilings(report));
  }

  private static void add(LinkRow link, Family median, Family min, Family loss) {
    String[] labels = {"from", link.from(), "to", link.to(), "method", link.method()};
    link.rttMedianMs().ifPresent(ms -> median.with(ms / MILLIS, labels));
    link.rttMinMs().ifPresent(ms -> min.with(ms / MILLIS, labels));
    link.lossRatio().ifPresent(ratio -> loss.with(ratio, labels));
  }

  private static Family hosts(AuditReport report) {
    Family hosts = new Family("earshot_hosts", "Hosts of the inventory, by what came of them.");
    for (String state : List.of("audited", "partial", "unreachable")) {
      hosts.with(
          report.hosts().stream().filter(host -> host.state().equals(state)).count(),
          "state",
          state);
    }
    return hosts;
  }

  private static Family verdicts(AuditReport report) {
    AuditReport.Summary summary = report.summary();
    return new Family("earshot_findings", "Findings, by verdict; failures by severity.")
        .with(summary.critical(), "verdict", "fail", "severity", "critical")
        .with(summary.high(), "verdict", "fail", "severity", "high")
        .with(summary.medium(), "verdict", "fail", "severity", "medium")
        .with(summary.low(), "verdict", "fail", "severity", "low")
        .with(summary.info(), "verdict", "fail", "severity", "info")
        .with(summary.waived(), "verdict", "waived", "severity", "")
        .with(summary.pass(), "verdict", "pass", "severity", "")
        .with(summary.unknown(), "verdict", "unknown", "severity", "")
        .with(summary.notApplicable(), "verdict", "notApplicable", "severity", "");
  }

  private static Family failures(AuditReport report) {
    Family failures =
        new Family("earshot_failed_findings", "Failures of a check on a host; none is no series.");
    Map<Failure, Long> counts =
        report.findings().stream()
            .filter(FindingRow::failed)
            .collect(
                Collectors.groupingBy(
                    finding ->
                        new Failure(
                            finding.subject().hosts().stream().findFirst().orElse(""),
                            finding.check(),
                            finding.severity()),
                    () ->
                        new TreeMap<>(
                            Comparator.comparing(Failure::host)
                                .thenComparing(Failure::check)
                                .thenComparing(Failure::severity)),
                    Collectors.counting()));
    counts.forEach((failure, count) ->
        failures.with(
            count,
            "host",
            failure.host(),
            "check",
            failure.check(),
            "severity",
            failure.severity()));
    return failures;
  }

  private static Family measured(AuditReport report) {
    Family measured =
        new Family(
            "earshot_request_measured",
            "1 if a request of the path was measured as a whole, 0 if only known parts of it were.");
    report.budgets().stream()
        .filter(budget -> budget.requestMs().isPresent())
        .forEach(budget -> measured.with(budget.exact() ? 1 : 0, "path", path(budget)));
    return measured;
  }

  private static Family requests(AuditReport report) {
    Family requests =
        new Family(
            "earshot_request_seconds",
            "What a request takes on a path; where earshot_request_measured is 0, the least.");
    for (BudgetRow budget : report.budgets()) {
      budget.requestMs().ifPresent(ms -> requests.with(ms / MILLIS, "path", path(budget)));
    }
    return requests;
  }

  private static Family ceilings(AuditReport report) {
    Family ceilings =
        new Family(
            "earshot_serial_ceiling_requests_per_second",
            "What a sender gets that waits for each answer; where earshot_request_measured is 0, the most.");
    for (BudgetRow budget : report.budgets()) {
      budget.serialCeilingPerSecond().ifPresent(rate -> ceilings.with(rate, "path", path(budget)));
    }
    return ceilings;
  }

  private static String path(BudgetRow budget) {
    return String.join("/", budget.path());
  }
}
