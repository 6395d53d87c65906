package dev.earshot.report;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import dev.earshot.check.lemmy.RequestTimeCheck;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.OperatingSystem;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Trouble;
import dev.earshot.report.AuditReport.DeclaredRow;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.AuditReport.LocationRow;
import dev.earshot.report.AuditReport.PingRow;
import dev.earshot.report.AuditReport.PlaceRow;
import dev.earshot.report.AuditReport.ProfileRow;
import dev.earshot.report.AuditReport.ShardRow;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.AuditReport.Summary;
import dev.earshot.report.AuditReport.TroubleRow;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import dev.earshot.topology.PingCoverage;
import dev.earshot.topology.Role;
import dev.earshot.topology.Site;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges the evidence and puts the result into the words of the report.
public final class ReportAssembly {

  private final Fleet fleet;
  private final Optional<Fleet> baseline;
  private final Set<HostName> troubled;

  private ReportAssembly(Fleet fleet, Optional<Fleet> baseline) {
    this.fleet = fleet;
    this.baseline = baseline;
    this.troubled =
        fleet.evidence().troubles().stream().map(Trouble::host).collect(Collectors.toSet());
  }

  /// The whole way from evidence to report; the same for the same evidence, on any machine.
  ///
  /// @param version of Earshot that judges
  public static AuditReport assemble(FleetEvidence evidence, String version) {
    return assemble(Fleet.of(evidence), Optional.empty(), version);
  }

  /// The same, of a fleet about which more was said.
  ///
  /// @param baseline an audit that was found good, to compare with
  public static AuditReport assemble(Fleet fleet, Optional<Fleet> baseline, String version) {
    return new ReportAssembly(fleet, baseline).report(version);
  }

  private AuditReport report(String version) {
    List<Finding> findings = Urgency.sorted(Checks.judge(fleet));
    List<HostRow> hosts = fleet.hosts().parallelStream().map(this::host).toList();
    List<BudgetRow> budgets = fleet.budgets().stream().map(BudgetRows::of).toList();
    List<FindingRow> rows = new FindingRows(fleet).of(findings);
    return new AuditReport(
        AuditReport.SCHEMA,
        fleet.evidence().takenAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        Millis.of(fleet.evidence().window()) / 1000,
        version,
        new ProfileRow(fleet.profile().intent().label(), fleet.profile().because()),
        fleet.policy().notes().stream()
            .map(note -> new DeclaredRow(note.whole(), FindingRows.location(note.origin())))
            .toList(),
        verdict(findings),
        new Headline(hosts, budgets, rows, fleet.policy().thresholds().of(RequestTimeCheck.SLOW))
            .told(),
        summary(findings),
        hosts,
        fleet.topology().sites().stream().map(ReportAssembly::site).toList(),
        fleet.topology().rtts().links().stream().map(ReportAssembly::link).toList(),
        pings(PingCoverage.of(fleet.evidence())),
        fleet.topology().flows().stream().map(ReportAssembly::flow).toList(),
        fleet.hosts().stream().flatMap(host -> ContainerRows.of(host).stream()).toList(),
        budgets,
        rows,
        fleet.evidence().troubles().stream()
            .map(trouble ->
                new TroubleRow(trouble.host().value(), trouble.probe(), trouble.reason()))
            .toList(),
        baseline.map(old -> BaselineRows.of(old, fleet)));
  }

  private String verdict(List<Finding> findings) {
    if (findings.stream().anyMatch(Finding::failed)) {
      return "fail";
    }
    boolean complete = fleet.evidence().troubles().isEmpty() && !fleet.hosts().isEmpty();
    return complete ? "pass" : "incomplete";
  }

  private static Summary summary(List<Finding> findings) {
    return new Summary(
        failed(findings, Severity.CRITICAL),
        failed(findings, Severity.HIGH),
        failed(findings, Severity.MEDIUM),
        failed(findings, Severity.LOW),
        failed(findings, Severity.INFO),
        count(findings, Verdict.Waived.class),
        count(findings, Verdict.Pass.class),
        count(findings, Verdict.Unknown.class),
        count(findings, Verdict.NotApplicable.class));
  }

  private static int failed(List<Finding> findings, Severity severity) {
    return (int)
        findings.stream()
            .filter(finding -> finding.failed() && finding.severity() == severity)
            .count();
  }

  private static int count(List<Finding> findings, Class<? extends Verdict> kind) {
    return (int) findings.stream().filter(finding -> kind.isInstance(finding.verdict())).count();
  }

  private HostRow host(HostEvidence host) {
    return new HostRow(
        host.name().value(),
        host.host().address(),
        state(host),
        host.unreachable(),
        host.recording().leftTo().map(part -> new ShardRow(part.number(), part.count())),
        fleet.topology().roles(host.name()).stream().map(Role::label).toList(),
        fleet.topology().site(host.name()).map(Site::name),
        host.places().stream().map(ReportAssembly::place).toList(),
        host.os().collected().map(OperatingSystem::name),
        host.host().line(Optional.empty()).map(at -> new LocationRow(at.file(), at.line())));
  }

  private String state(HostEvidence host) {
    if (host.unreachable().isPresent()) {
      return "unreachable";
    }
    return troubled.contains(host.name()) ? "partial" : "audited";
  }

  private static PlaceRow place(Place place) {
    return new PlaceRow(
        place.source().name().toLowerCase(Locale.ROOT),
        place.provider(),
        place.region(),
        place.zone());
  }

  private static SiteRow site(Site site) {
    return new SiteRow(site.name(), site.hosts().stream().map(HostName::value).toList());
  }

  private static LinkRow link(Link link) {
    boolean pinged = link.method() == Link.Method.ICMP;
    return new LinkRow(
        link.from().value(),
        link.to().value(),
        link.method().name().toLowerCase(Locale.ROOT),
        link.sent(),
        link.received(),
        millis(link.min()),
        pinged ? millis(link.median()) : OptionalDouble.empty(),
        pinged ? millis(link.percentile(0.95)) : OptionalDouble.empty(),
        pinged ? millis(link.max()) : OptionalDouble.empty(),
        link.sent() == 0 || link.isFiltered()
            ? OptionalDouble.empty()
            : OptionalDouble.of(round(link.lossRatio())));
  }

  private static PingRow pings(PingCoverage coverage) {
    return new PingRow(coverage.pairs(), coverage.pinged(), coverage.leftOut());
  }

  private static FlowRow flow(Flow flow) {
    return new FlowRow(
        flow.from().value(),
        flow.to().value(),
        flow.port(),
        flow.service(),
        flow.connections(),
        millis(flow.minRtt()),
        flow.roundTripRate().map(Rate::perSecond).map(ReportAssembly::round).stream()
            .mapToDouble(Double::doubleValue)
            .findFirst());
  }

  static OptionalDouble millis(Optional<Duration> duration) {
    return duration.stream().mapToDouble(value -> round(Millis.of(value))).findFirst();
  }

  /// Three decimals: microseconds where milliseconds are meant, and no noise behind them.
  static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
