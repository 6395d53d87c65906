package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.AuditReport.PingRow;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.AuditReport.Summary;
import dev.earshot.report.ReportCases;
import dev.earshot.topology.PingCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The report on the incident, as if its fleet were large: one finding of five fails.
final class LargeReport {

  private static final int SITES = 5;
  private static final int ONE_IN = 5;

  private LargeReport() {}

  static AuditReport of(int hosts, int findings) {
    AuditReport small = ReportCases.report("postmortem");
    List<SiteRow> sites =
        IntStream.range(0, SITES)
            .mapToObj(site ->
                new SiteRow(
                    "site-" + (site + 1),
                    IntStream.range(0, hosts)
                        .filter(host -> host % SITES == site)
                        .mapToObj(LargeReport::name)
                        .toList()))
            .toList();
    List<FindingRow> rows = findings(small, hosts, findings);
    return new AuditReport(
        small.schema(),
        small.takenAt(),
        small.windowSeconds(),
        small.earshotVersion(),
        small.profile(),
        small.declared(),
        small.verdict(),
        small.headline(),
        summary(rows),
        IntStream.range(0, hosts).mapToObj(host -> host(small, host)).toList(),
        sites,
        links(hosts),
        pings(hosts),
        IntStream.range(1, hosts)
            .mapToObj(host ->
                new FlowRow(
                    name(host),
                    name(0),
                    5432,
                    "postgresql",
                    host % 9 + 1,
                    OptionalDouble.of(rtt(host, 0)),
                    OptionalDouble.empty()))
            .toList(),
        small.containers(),
        small.budgets(),
        rows,
        small.troubles(),
        small.baseline());
  }

  /// The same with each host in a site of its own.
  static AuditReport scattered(int hosts, int findings) {
    AuditReport large = of(hosts, findings);
    return new AuditReport(
        large.schema(),
        large.takenAt(),
        large.windowSeconds(),
        large.earshotVersion(),
        large.profile(),
        large.declared(),
        large.verdict(),
        large.headline(),
        large.summary(),
        large.hosts(),
        large.hosts().stream()
            .map(host -> new SiteRow("near " + host.name(), List.of(host.name())))
            .toList(),
        large.links(),
        large.pings(),
        large.flows(),
        large.containers(),
        large.budgets(),
        large.findings(),
        large.troubles(),
        large.baseline());
  }

  static String name(int host) {
    return "node-%04d.example".formatted(host);
  }

  private static double rtt(int from, int to) {
    return from % SITES == to % SITES ? 0.3 : 1.1 + 4 * Math.abs(from % SITES - to % SITES);
  }

  private static HostRow host(AuditReport small, int host) {
    HostRow like = small.hosts().getFirst();
    return new HostRow(
        name(host),
        "10.9.%d.%d".formatted(host / 250, host % 250 + 1),
        "audited",
        Optional.empty(),
        Optional.empty(),
        List.of(host == 0 ? "database" : host % 50 == 1 ? "load-balancer" : "backend"),
        Optional.of("site-" + (host % SITES + 1)),
        like.place(),
        like.os(),
        like.location());
  }

  /// Each host to a hundred others.
  private static List<LinkRow> links(int hosts) {
    List<LinkRow> links = new ArrayList<>();
    for (int from = 0; from < hosts; from++) {
      for (int step = 1; step <= 100; step++) {
        int to = (from + step * step) % hosts;
        if (to != from) {
          OptionalDouble rtt = OptionalDouble.of(rtt(from, to));
          links.add(
              new LinkRow(
                  name(from), name(to), "icmp", 10, 10, rtt, rtt, rtt, rtt, OptionalDouble.of(0)));
        }
      }
    }
    return links;
  }

  private static PingRow pings(int hosts) {
    PingCoverage coverage = new PingCoverage(hosts, (long) hosts * (hosts - 1), hosts * 100L);
    return new PingRow(coverage.pairs(), coverage.pinged(), coverage.leftOut());
  }

  private static List<FindingRow> findings(AuditReport small, int hosts, int findings) {
    List<FindingRow> failed = small.findings().stream().filter(FindingRow::failed).toList();
    List<FindingRow> rest =
        small.findings().stream().filter(Predicate.not(FindingRow::failed)).toList();
    List<FindingRow> rows = new ArrayList<>();
    for (int at = 0; at < findings; at++) {
      List<FindingRow> from = at < findings / ONE_IN ? failed : rest;
      FindingRow like = from.get(at % from.size());
      String host = name(at % hosts);
      rows.add(
          new FindingRow(
              like.check(),
              like.severity(),
              like.verdict(),
              new HostSubject(host, host, Optional.empty()),
              like.title(),
              like.because(),
              like.why(),
              like.check() + "/" + host + "/" + at,
              like.waiver(),
              like.location(),
              like.measured(),
              like.remedy()));
    }
    return rows;
  }

  private static Summary summary(List<FindingRow> rows) {
    return new Summary(
        failed(rows, "critical"),
        failed(rows, "high"),
        failed(rows, "medium"),
        failed(rows, "low"),
        failed(rows, "info"),
        with(rows, "waived"),
        with(rows, "pass"),
        with(rows, "unknown"),
        with(rows, "notApplicable"));
  }

  private static int failed(List<FindingRow> rows, String severity) {
    return (int)
        rows.stream().filter(row -> row.failed() && row.severity().equals(severity)).count();
  }

  private static int with(List<FindingRow> rows, String verdict) {
    return (int) rows.stream().filter(row -> row.verdict().equals(verdict)).count();
  }
}
