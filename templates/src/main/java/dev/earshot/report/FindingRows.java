package dev.earshot.report;

import static dev.earshot.report.ReportAssembly.round;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Origin;
import dev.earshot.check.Remedy;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.report.AuditReport.EntrySubject;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.FleetSubject;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.LocationRow;
import dev.earshot.report.AuditReport.MeasurementRow;
import dev.earshot.report.AuditReport.PairSubject;
import dev.earshot.report.AuditReport.PathSubject;
import dev.earshot.report.AuditReport.RemedyRow;
import dev.earshot.report.AuditReport.SubjectRow;
import dev.earshot.report.AuditReport.WaiverRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts findings into the words of the report.
final class FindingRows {

  private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");

  private final Map<HostName, InventoryHost> inventory;
  private final Set<String> groups;

  FindingRows(Fleet fleet) {
    this.inventory =
        fleet.hosts().stream()
            .map(HostEvidence::host)
            .collect(Collectors.toMap(InventoryHost::name, Function.identity()));
    this.groups =
        inventory.values().stream()
            .flatMap(host -> host.groups().stream())
            .collect(Collectors.toSet());
  }

  List<FindingRow> of(List<Finding> findings) {
    return findings.parallelStream().map(this::row).toList();
  }

  private FindingRow row(Finding finding) {
    return new FindingRow(
        finding.check().id(),
        finding.severity().label(),
        finding.verdict().label(),
        subject(finding.subject()),
        finding.check().title(),
        finding.verdict().because(),
        finding.check().why(),
        finding.key(),
        waiver(finding.verdict()),
        location(finding),
        finding.measured().stream().map(FindingRows::measurement).toList(),
        finding.remedy().map(remedy -> remedy(remedy, finding.subject().hosts())));
  }

  private static Optional<WaiverRow> waiver(Verdict verdict) {
    return verdict instanceof Verdict.Waived(_, Waiver waiver)
        ? Optional.of(
            new WaiverRow(
                waiver.reason(),
                waiver.owner(),
                waiver.expires().toString(),
                location(waiver.origin())))
        : Optional.empty();
  }

  static LocationRow location(Origin origin) {
    return new LocationRow(origin.file(), origin.line());
  }

  private Optional<LocationRow> location(Finding finding) {
    if (finding.subject() instanceof Subject.OfEntry(_, Origin origin)) {
      return Optional.of(location(origin));
    }
    return finding.subject().hosts().stream()
        .flatMap(host -> Optional.ofNullable(inventory.get(host)).stream())
        .flatMap(host -> host.line(finding.check().topic()).stream())
        .map(at -> new LocationRow(at.file(), at.line()))
        .findFirst();
  }

  private static SubjectRow subject(Subject subject) {
    return switch (subject) {
      case Subject.OfHost(HostName host, Optional<String> detail) ->
          new HostSubject(subject.label(), host.value(), detail);
      case Subject.OfPair(HostName from, HostName to, _) ->
          new PairSubject(subject.label(), from.value(), to.value());
      case Subject.OfPath(List<HostName> hosts) ->
          new PathSubject(subject.label(), hosts.stream().map(HostName::value).toList());
      case Subject.OfFleet() -> new FleetSubject(subject.label());
      case Subject.OfEntry(String name, _) -> new EntrySubject(subject.label(), name);
    };
  }

  private static MeasurementRow measurement(Measurement measured) {
    return new MeasurementRow(
        measured.name(),
        round(measured.value()),
        measured.limit().stream().mapToDouble(ReportAssembly::round).findFirst(),
        measured.by());
  }

  /// Ansible reads the name behind `hosts:` as a pattern: one that is more than a name would reach
  /// other hosts, too, so there is no playbook for it. It may name any host of the subject.
  private RemedyRow remedy(Remedy remedy, List<HostName> hosts) {
    boolean plain = hosts.stream().allMatch(this::isOneHost);
    return new RemedyRow(remedy.summary(), plain ? remedy.playbook() : "", remedy.commands());
  }

  private boolean isOneHost(HostName host) {
    return PLAIN_NAME.matcher(host.value()).matches()
        && !Set.of("all", "ungrouped").contains(host.value())
        && !groups.contains(host.value());
  }
}
