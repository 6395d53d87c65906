package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.PlaceRow;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The hosts: by site, and one by one.
final class HostLines {

  private final Page page;
  private final AuditReport report;

  HostLines(Page page, AuditReport report) {
    this.page = page;
    this.report = report;
  }

  /// Who stands with whom, as round trips tell; nothing where they tell nothing.
  List<String> sites() {
    Map<String, HostRow> hosts =
        report.hosts().stream().collect(Collectors.toMap(HostRow::name, Function.identity()));
    List<String> lines = new ArrayList<>();
    for (SiteRow site : report.sites()) {
      List<HostRow> known =
          site.hosts().stream()
              .flatMap(name -> Optional.ofNullable(hosts.get(name)).stream())
              .toList();
      String members =
          site.hosts().stream()
              .map(name -> Optional.ofNullable(hosts.get(name)).map(HostLines::named).orElse(name))
              .collect(Collectors.joining(", "));
      lines.addAll(page.labelled(site.name(), Style.HEADING, members + places(known), Style.PLAIN));
    }
    String nowhere =
        report.hosts().stream()
            .filter(host -> host.site().isEmpty())
            .map(HostLines::named)
            .collect(Collectors.joining(", "));
    if (!nowhere.isEmpty() && !lines.isEmpty()) {
      lines.addAll(
          page.labelled(
              "unknown", Style.OPEN, nowhere + ": no round trip was measured", Style.PLAIN));
    }
    return lines;
  }

  /// `backend1 (backend)`
  private static String named(HostRow host) {
    return host.roles().isEmpty()
        ? host.name()
        : "%s (%s)".formatted(host.name(), String.join(" and ", host.roles()));
  }

  /// ` · declared ovh/gra`, all places that are said of a site's hosts.
  private static String places(List<HostRow> hosts) {
    return hosts.stream()
        .flatMap(host -> host.place().stream())
        .map(HostLines::place)
        .distinct()
        .map(place -> " · " + place)
        .collect(Collectors.joining());
  }

  private static String place(PlaceRow place) {
    return place.source()
        + " "
        + Stream.of(place.provider(), place.region(), place.zone())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("/"));
  }

  /// Every host with its state.
  List<String> table() {
    int name = report.hosts().stream().mapToInt(host -> Width.of(host.name())).max().orElse(0);
    int address =
        report.hosts().stream().mapToInt(host -> Width.of(host.address())).max().orElse(0);
    return report.hosts().stream()
        .map(host ->
            "  %s  %s  %s  %s"
                .formatted(
                    Width.padRight(host.name(), name),
                    Width.padRight(host.address(), address),
                    page.paint(style(host.state()), Width.padRight(host.state(), 11)),
                    host.os().or(host::reason).orElse("")))
        .toList();
  }

  private static Style style(String state) {
    return switch (state) {
      case "audited" -> Style.GOOD;
      case "partial" -> Style.OPEN;
      default -> Style.HIGH;
    };
  }
}
