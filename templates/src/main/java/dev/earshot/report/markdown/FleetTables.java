package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.PlaceRow;
import dev.earshot.report.AuditReport.WaiverRow;
import dev.earshot.report.layout.ContainerTable;
import dev.earshot.report.layout.Doubt;
import dev.earshot.report.layout.Gap;
import dev.earshot.report.layout.RoundTrips.Cell;
import dev.earshot.report.layout.RttGrid;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables about all hosts together.
final class FleetTables {

  private FleetTables() {}

  static Markdown hosts(AuditReport report) {
    return Table.of(
        List.of("Host", "Address", "State", "Roles", "Site", "Place", "System"),
        report.hosts().stream()
            .map(host ->
                List.of(
                    host.name(),
                    host.address(),
                    host.reason().map(reason -> host.state() + ": " + reason).orElse(host.state()),
                    String.join(", ", host.roles()),
                    host.site().orElse("not known"),
                    places(host),
                    host.os().orElse("not known")))
            .toList());
  }

  private static String places(HostRow host) {
    return host.place().stream().map(FleetTables::place).collect(Collectors.joining(", "));
  }

  private static String place(PlaceRow place) {
    return Stream.of(place.provider(), place.region(), place.zone())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("/"))
        + " ("
        + place.source()
        + ")";
  }

  static Markdown containers(ContainerTable containers) {
    return Table.of(
        List.of(
            "Host",
            "Container",
            "State",
            "Image",
            "Digest",
            "Labelled",
            "Created",
            "Project",
            "Networks",
            "Published",
            "Limits"),
        containers.rows().stream()
            .map(row ->
                List.of(
                    row.host(),
                    row.name(),
                    row.state(),
                    row.image(),
                    row.digest(),
                    row.version(),
                    row.created(),
                    row.project(),
                    row.networks(),
                    row.ports(),
                    row.limits()))
            .toList());
  }

  static Optional<Markdown> grid(RttGrid grid) {
    return grid.rows().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Table.ofMarkdown(
                Stream.concat(
                        Stream.of("From / to"), grid.columns().stream().map(name -> " " + name))
                    .toList(),
                grid.rows().stream()
                    .map(row ->
                        Stream.concat(
                                Stream.of(MarkdownEscaping.escape(row.from())),
                                row.cells().stream().map(FleetTables::cell))
                            .toList())
                    .toList()));
  }

  static Optional<Markdown> pairs(RttGrid grid) {
    return grid.pairs().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Table.ofMarkdown(
                List.of("From", "To", " Round trip in ms"),
                grid.pairs().stream()
                    .map(pair ->
                        List.of(
                            MarkdownEscaping.escape(pair.from()),
                            MarkdownEscaping.escape(pair.to()),
                            cell(pair.cell())))
                    .toList()));
  }

  /// Bold where a database would be too far.
  private static String cell(Cell cell) {
    return cell.band().isFar() ? "**" + cell.text() + "**" : cell.text();
  }

  static Markdown gaps(AuditReport report) {
    return Table.of(
        List.of("Host", "Not asked", "Because"),
        Gap.of(report).stream()
            .map(gap ->
                List.of(
                    String.join(", ", gap.hosts()),
                    gap.probes().isEmpty() ? "everything" : String.join(", ", gap.probes()),
                    gap.reason()))
            .toList());
  }

  static Markdown doubts(List<FindingRow> findings) {
    return Table.of(
        List.of("Checks", "Subject", "Because"),
        Doubt.of(findings).stream()
            .map(doubt -> List.of(doubt.inFull(), doubt.subject(), doubt.because()))
            .toList());
  }

  static Markdown waived(List<FindingRow> findings) {
    return Table.of(
        List.of("Check", "Severity", "Because", "Waiver"),
        findings.stream()
            .map(finding ->
                List.of(
                    finding.check(),
                    finding.severity(),
                    finding.because(),
                    finding.waiver().map(WaiverRow::told).orElse("")))
            .toList());
  }

  static Markdown findings(List<FindingRow> findings) {
    return Table.of(
        List.of("Check", "Subject", "Because"),
        findings.stream()
            .map(finding -> List.of(finding.check(), finding.subject().label(), finding.because()))
            .toList());
  }
}
