package dev.earshot.report.layout;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.layout.RoundTrips.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The part of the RTT matrix that fits on a page: all hosts where they are few; else the sites,
/// and those pairs of hosts that talk to each other, slowest first.
///
/// @param columns names over the columns
/// @param rows a name and its cells, from it to each column
/// @param pairs empty where the grid has all hosts
/// @param leftOut what is not shown and where it is, empty if nothing
public record RttGrid(List<String> columns, List<Row> rows, List<Pair> pairs, String leftOut) {

  /// More columns than this fit on no terminal.
  private static final int MOST = 12;

  public RttGrid {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    pairs = List.copyOf(pairs);
  }

  /// The round trips from one host or site to all.
  public record Row(String from, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /// Two hosts that talk to each other.
  public record Pair(String from, String to, Cell cell) {}

  public static RttGrid of(AuditReport report) {
    return of(report, MOST);
  }

  /// The same for a page with another width.
  ///
  /// @param most so many hosts, or sites, fit
  public static RttGrid of(AuditReport report, int most) {
    RoundTrips roundTrips = new RoundTrips(report);
    boolean measured = report.links().stream().anyMatch(link -> link.rttMinMs().isPresent());
    if (!measured) {
      return new RttGrid(List.of(), List.of(), List.of(), "");
    }
    List<String> hosts = report.hosts().stream().map(HostRow::name).toList();
    Set<String> all = new LinkedHashSet<>(hosts);
    report.links().stream().map(LinkRow::to).forEach(all::add);
    if (all.size() <= most) {
      return new RttGrid(
          List.copyOf(all),
          hosts.stream()
              .map(
                  from -> new Row(from, all.stream().map(to -> roundTrips.cell(from, to)).toList()))
              .toList(),
          List.of(),
          "");
    }
    return wide(report, roundTrips, hosts.size(), most);
  }

  private static RttGrid wide(AuditReport report, RoundTrips roundTrips, int hosts, int most) {
    List<SiteRow> sites = report.sites().size() <= most ? report.sites() : List.of();
    long pairs = (long) hosts * (hosts - 1);
    long measured =
        report.links().stream()
            .collect(groupingBy(LinkRow::from, mapping(LinkRow::to, toSet())))
            .values()
            .stream()
            .mapToLong(Set::size)
            .sum();
    List<Pair> talking = pairs(report, roundTrips);
    String shown =
        Stream.of(
                sites.isEmpty() ? "" : "above are the medians between sites",
                talking.isEmpty() ? "" : "below are the pairs that talk to each other")
            .filter(Predicate.not(String::isEmpty))
            .collect(joining(", "));
    return new RttGrid(
        sites.stream().map(SiteRow::name).toList(),
        between(sites, roundTrips),
        talking,
        "%d hosts make %d pairs%s, too many for a table: %sthe JSON report has all%s"
            .formatted(
                hosts,
                pairs,
                measured == pairs ? "" : " (of which %d were measured)".formatted(measured),
                shown.isEmpty() ? "" : shown + "; ",
                report.pings().leftOut().map(". "::concat).orElse("")));
  }

  /// The medians over all pairs of two sites.
  private static List<Row> between(List<SiteRow> sites, RoundTrips roundTrips) {
    Map<String, String> siteOf = new HashMap<>();
    sites.forEach(site -> site.hosts().forEach(host -> siteOf.put(host, site.name())));
    return sites.stream().map(from -> row(from, sites, times(from, siteOf, roundTrips))).toList();
  }

  private static Row row(SiteRow from, List<SiteRow> sites, Map<String, List<Double>> times) {
    return new Row(
        from.name(),
        sites.stream()
            .map(to ->
                from.equals(to) && from.hosts().size() == 1
                    ? Cell.SAME
                    : median(times.getOrDefault(to.name(), List.of())))
            .toList());
  }

  /// What a site's hosts measured, by the other site. It goes through what was measured rather than
  /// through all pairs, most of which in a large fleet were not.
  private static Map<String, List<Double>> times(
      SiteRow from, Map<String, String> siteOf, RoundTrips roundTrips) {
    Map<String, List<Double>> times = new HashMap<>();
    for (String host : from.hosts()) {
      roundTrips
          .from(host)
          .forEach((to, cell) -> {
            String site = siteOf.get(to);
            if (site != null && !to.equals(host)) {
              cell.ms()
                  .ifPresent(ms -> times.computeIfAbsent(site, _ -> new ArrayList<>()).add(ms));
            }
          });
    }
    return times;
  }

  private static Cell median(List<Double> times) {
    return times.isEmpty()
        ? Cell.UNKNOWN
        : new Cell(
            OptionalDouble.of(times.stream().sorted().toList().get(times.size() / 2)),
            Cell.PING,
            false);
  }

  private static List<Pair> pairs(AuditReport report, RoundTrips roundTrips) {
    return report.flows().stream()
        .filter(flow -> !flow.from().equals(flow.to()))
        .flatMap(flow ->
            Stream.of(new Pair(flow.from(), flow.to(), roundTrips.cell(flow.from(), flow.to()))))
        .distinct()
        .sorted(
            Comparator.comparingDouble((Pair pair) -> -pair.cell().ms().orElse(0))
                .thenComparing(Pair::from)
                .thenComparing(Pair::to))
        .toList();
  }
}
