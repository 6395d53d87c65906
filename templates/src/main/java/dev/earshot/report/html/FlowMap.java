package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.RoundTrips;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// Who talks to whom, drawn: sites from top to bottom, roles from left to right as requests go.
///
/// Where hosts are many, those of one role at one site share a box.
///
/// @param note what the picture leaves out or puts together; empty if nothing
public record FlowMap(
    List<Title> titles,
    List<Place> sites,
    List<Box> boxes,
    List<Arrow> arrows,
    int width,
    int height,
    String note) {

  /// More boxes than these are a thicket.
  private static final int MOST = 36;

  /// More hosts of one role at one site than these share a box.
  private static final int MOST_OF_A_ROLE = 8;

  /// More arrows than these have no room for figures.
  private static final int MOST_WITH_FIGURES = 14;

  /// So many sites get a band of their own where hosts are many.
  private static final int MOST_SITES = 12;

  static final int BOX_WIDTH = 156;
  static final int BOX_HEIGHT = 38;
  static final int COLUMN = 264;
  private static final int ROW = 58;
  private static final int BETWEEN_ROWS = 10;
  private static final int MARGIN = 18;
  private static final int SITE_TITLE = 30;
  private static final int TOP = 26;
  private static final int LONGEST_NAME = 16;

  public FlowMap {
    titles = List.copyOf(titles);
    sites = List.copyOf(sites);
    boxes = List.copyOf(boxes);
    arrows = List.copyOf(arrows);
  }

  public record Title(int x, String text) {}

  /// The band of a site.
  public record Place(int y, int height, String name) {}

  /// One host, or several of a role.
  public record Box(int x, int y, String name, String label, String detail, boolean idle) {}

  /// All flows from one box to another.
  ///
  /// @param path in SVG's words
  /// @param css the class of the longest round trip's band
  /// @param stroke width, by connections
  public record Arrow(
      String path, String css, String stroke, String title, int x, int y, String label) {}

  /// Where in the picture a host goes, in an order from left to right.
  private enum Column {
    CLIENT("others", ""),
    BALANCER("load balancers", "load-balancer"),
    BACKEND("backends", "backend"),
    DATABASE("databases", "database");

    private final String title;
    private final String role;

    Column(String title, String role) {
      this.title = title;
      this.role = role;
    }

    /// By the first of a host's roles in a request's order.
    static Column of(HostRow host) {
      for (Column column : values()) {
        if (host.roles().contains(column.role)) {
          return column;
        }
      }
      return CLIENT;
    }
  }

  private record Slot(int site, Column column) {}

  static Optional<FlowMap> of(AuditReport report, RoundTrips roundTrips) {
    return report.flows().isEmpty()
        ? Optional.empty()
        : Optional.of(new Drawing(report, roundTrips).draw());
  }

  /// The picture while it is drawn.
  private static final class Drawing {

    private final AuditReport report;
    private final RoundTrips roundTrips;
    private final Sites sites;
    private final boolean together;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<Slot, List<HostRow>> hosts = new LinkedHashMap<>();
    private final List<Integer> gaps = new ArrayList<>();
    private final Set<String> talking = new LinkedHashSet<>();
    private int sharing;

    Drawing(AuditReport report, RoundTrips roundTrips) {
      this.report = report;
      this.roundTrips = roundTrips;
      sites = new Sites(report);
      together = report.hosts().size() > MOST;
      for (FlowRow flow : report.flows()) {
        talking.add(flow.from());
        talking.add(flow.to());
      }
      for (HostRow host : report.hosts()) {
        Slot slot = new Slot(site(host), Column.of(host));
        slots.put(host.name(), slot);
        hosts.computeIfAbsent(slot, _ -> new ArrayList<>()).add(host);
      }
    }

    private int site(HostRow host) {
      int number = sites.number(host.name());
      return crowded() ? Math.min(number, MOST_SITES) : number;
    }

    private boolean crowded() {
      return together && report.sites().size() > MOST_SITES + 1;
    }

    private String name(int site) {
      return crowded() && site == MOST_SITES
          ? "%d more sites".formatted(report.sites().size() - MOST_SITES)
          : sites.name(site);
    }

    FlowMap draw() {
      List<Column> columns =
          List.of(Column.values()).stream()
              .filter(column -> hosts.keySet().stream().anyMatch(slot -> slot.column() == column))
              .toList();
      List<Place> places = new ArrayList<>();
      int y = TOP;
      for (int site : new TreeMap<>(bySite()).keySet()) {
        int rows = 0;
        for (Column column : columns) {
          int x = MARGIN + columns.indexOf(column) * COLUMN;
          rows = Math.max(rows, fill(new Slot(site, column), x, y + SITE_TITLE));
        }
        for (int row = 0; row <= rows; row++) {
          gaps.add(y + SITE_TITLE + row * ROW - BETWEEN_ROWS);
        }
        int height = SITE_TITLE + rows * ROW;
        places.add(new Place(y, height, name(site)));
        y += height + MARGIN;
      }
      List<Arrow> arrows = arrows();
      return new FlowMap(
          columns.stream()
              .map(column -> new Title(MARGIN + columns.indexOf(column) * COLUMN, column.title))
              .toList(),
          places,
          boxes.values().stream().distinct().toList(),
          arrows,
          2 * MARGIN + (columns.size() - 1) * COLUMN + BOX_WIDTH + ROW,
          y,
          note());
    }

    private Map<Integer, Boolean> bySite() {
      Map<Integer, Boolean> present = new LinkedHashMap<>();
      hosts.keySet().forEach(slot -> present.put(slot.site(), true));
      return present;
    }

    /// Places the boxes of a slot one below the other, and says how many there are.
    private int fill(Slot slot, int x, int y) {
      List<HostRow> here = Optional.ofNullable(hosts.get(slot)).orElse(List.of());
      if (here.isEmpty()) {
        return 0;
      }
      if (here.size() > (together ? 1 : MOST_OF_A_ROLE)) {
        sharing += here.size();
        String name =
            here.size() + " " + (slot.column() == Column.CLIENT ? "hosts" : slot.column().title);
        Box box =
            new Box(
                x,
                y,
                name + " of " + name(slot.site()),
                name,
                here.getFirst().name() + " …",
                here.stream().map(HostRow::name).noneMatch(talking::contains));
        here.forEach(host -> boxes.put(host.name(), clipped(box)));
        return 1;
      }
      for (int at = 0; at < here.size(); at++) {
        HostRow host = here.get(at);
        boxes.put(
            host.name(),
            clipped(
                new Box(
                    x,
                    y + at * ROW,
                    host.name(),
                    host.name(),
                    host.unreachable() ? "unreachable" : host.address(),
                    !talking.contains(host.name()))));
      }
      return here.size();
    }

    private static Box clipped(Box box) {
      return new Box(
          box.x(),
          box.y(),
          box.name(),
          Width.clip(box.label(), LONGEST_NAME),
          Width.clip(box.detail(), LONGEST_NAME + 3),
          box.idle());
    }

    private List<Arrow> arrows() {
      record Ends(Box from, Box to) {}
      Map<Ends, List<FlowRow>> between = new LinkedHashMap<>();
      for (FlowRow flow : report.flows()) {
        Box from = boxes.get(flow.from());
        Box to = boxes.get(flow.to());
        if (from != null && to != null && !from.equals(to)) {
          between.computeIfAbsent(new Ends(from, to), _ -> new ArrayList<>()).add(flow);
        }
      }
      boolean figures = between.size() <= MOST_WITH_FIGURES;
      List<MapLines.Ends> ends = new ArrayList<>();
      between.forEach((pair, flows) ->
          ends.add(new MapLines.Ends(pair.from(), pair.to(), figures ? Bars.ms(rtt(flows)) : "")));
      List<MapLines.Line> lines =
          MapLines.of(ends, boxes.values().stream().distinct().toList(), gaps);
      List<Arrow> arrows = new ArrayList<>();
      between
          .values()
          .forEach(
              flows -> arrows.add(arrow(ends.get(arrows.size()), lines.get(arrows.size()), flows)));
      return arrows;
    }

    private OptionalDouble rtt(List<FlowRow> flows) {
      return flows.stream().flatMapToDouble(flow -> FlowTable.rtt(flow, roundTrips).stream()).max();
    }

    private Arrow arrow(MapLines.Ends ends, MapLines.Line line, List<FlowRow> flows) {
      int connections = flows.stream().mapToInt(FlowRow::connections).sum();
      OptionalDouble rtt = rtt(flows);
      String services =
          String.join(
              ", ",
              flows.stream()
                  .map(flow -> flow.service() + " " + flow.port())
                  .distinct()
                  .sorted()
                  .limit(4)
                  .toList());
      String title =
          "%s → %s: %s, %s, a round trip takes %s%s"
              .formatted(
                  ends.from().name(),
                  ends.to().name(),
                  services,
                  Figures.count(connections, "connection"),
                  flows.size() > 1 ? "up to " : "",
                  Bars.ms(rtt));
      return new Arrow(
          line.path(),
          Heatmap.css(Band.of(rtt)),
          Figures.one(Math.min(5, 1.5 + Math.log10(Math.max(1, connections)))),
          title,
          line.x(),
          line.y(),
          ends.figure());
    }

    private String note() {
      long inside =
          report.flows().stream()
              .filter(flow -> boxes.containsKey(flow.from()))
              .filter(flow -> Objects.equals(boxes.get(flow.from()), boxes.get(flow.to())))
              .count();
      long outside =
          report.flows().stream()
              .filter(flow -> !boxes.containsKey(flow.from()) || !boxes.containsKey(flow.to()))
              .count();
      List<String> notes = new ArrayList<>();
      if (sharing > 0) {
        notes.add(
            "%d of %s are too many to draw one by one: those of one role at one site share a box, and its arrows show the longest round trip of their flows"
                .formatted(sharing, Figures.count(report.hosts().size(), "host")));
      }
      if (inside > 0) {
        notes.add(Figures.count(inside, "flow") + " within one box not drawn");
      }
      if (outside > 0) {
        notes.add(Figures.count(outside, "flow") + " to or from other machines not drawn");
      }
      return String.join("; ", notes);
    }
  }
}
