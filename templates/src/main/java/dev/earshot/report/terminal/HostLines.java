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

  /// What `unreachable` takes.
  private static final int STATE = 11;

  /// With less room for its system or what went wrong, a host gets lines of its own.
  private static final int LEAST_ABOUT = 24;

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
    int lead = 2 + name + 2 + address + 2 + STATE + 2;
    return report.hosts().stream()
        .flatMap(host -> {
          String about = host.os().or(host::reason).orElse("");
          String state = page.paint(style(host.state()), Width.padRight(host.state(), STATE));
          return lead + LEAST_ABOUT > page.options().width()
              ? Stream.of(
                      page.paragraph(2, host.name() + "  " + host.address(), Style.PLAIN),
                      page.beside("    " + state + "  ", 4 + STATE + 2, about, Style.PLAIN))
                  .flatMap(List::stream)
              : page
                  .beside(
                      "  %s  %s  %s  "
                          .formatted(
                              Width.padRight(host.name(), name),
                              Width.padRight(host.address(), address),
                              state),
                      lead,
                      about,
                      Style.PLAIN)
                  .stream();
        })
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
