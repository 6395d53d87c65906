package dev.earshot.report.html;

import dev.earshot.report.html.FlowMap.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The lines of a map. One leads around the boxes that stand between its ends, several at one side
/// of a box part there, and each has a place for its figure where it hides nothing.
final class MapLines {

  private static final int HEAD = 6;

  /// A line around a box keeps so far from its sides.
  private static final int CLEARANCE = 10;

  /// Lines in one gap between boxes are so far from each other.
  private static final int LANE = 5;

  private static final int LANES = 3;

  /// How far a line within a column leaves it.
  private static final int BULGE = 58;

  private static final int LETTER = 7;
  private static final int LINE_HEIGHT = 16;

  /// Where on a line its figure may stand, the best place first: lines that end at one box are
  /// farthest from each other where they begin.
  private static final List<Double> PLACES = List.of(0.3, 0.4, 0.5, 0.6, 0.22, 0.7, 0.15, 0.8);

  private static final int SAMPLES = 80;

  /// @param figure that stands on it; empty for none
  record Ends(Box from, Box to, String figure) {

    boolean forth() {
      return from.x() < to.x();
    }

    boolean inColumn() {
      return from.x() == to.x();
    }
  }

  /// @param path in SVG's words
  /// @param x of the middle of its figure
  record Line(String path, int x, int y) {}

  private record Side(Box box, boolean right) {}

  private record Port(Ends line, boolean begins) {}

  private record Rectangle(double x, double y, double width, double height) {

    static Rectangle of(Box box) {
      return new Rectangle(box.x(), box.y(), FlowMap.BOX_WIDTH, FlowMap.BOX_HEIGHT);
    }

    static Rectangle of(String figure, Point middle) {
      double width = (figure.length() + 1) * LETTER;
      return new Rectangle(
          middle.x() - width / 2, middle.y() - LINE_HEIGHT / 2.0, width, LINE_HEIGHT);
    }

    boolean has(Point point) {
      return point.x() > x && point.x() < x + width && point.y() > y && point.y() < y + height;
    }

    boolean meets(Rectangle other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  private record Point(double x, double y) {

    @Override
    public String toString() {
      return Math.round(x) + " " + Math.round(y);
    }
  }

  /// A cubic Bézier curve.
  private record Curve(Point begin, Point first, Point second, Point end) {

    /// Level at both ends.
    static Curve between(Point begin, Point end) {
      double middle = (begin.x() + end.x()) / 2;
      return new Curve(begin, new Point(middle, begin.y()), new Point(middle, end.y()), end);
    }

    Point at(double t) {
      double s = 1 - t;
      double a = s * s * s;
      double b = 3 * s * s * t;
      double c = 3 * s * t * t;
      double d = t * t * t;
      return new Point(
          a * begin.x() + b * first.x() + c * second.x() + d * end.x(),
          a * begin.y() + b * first.y() + c * second.y() + d * end.y());
    }

    List<Point> samples() {
      List<Point> samples = new ArrayList<>();
      for (int at = 0; at <= SAMPLES; at++) {
        samples.add(at(at / (double) SAMPLES));
      }
      return samples;
    }
  }

  private final List<Ends> lines;
  private final List<Rectangle> boxes;
  private final List<Integer> gaps;
  private final Map<Port, Point> ports = new HashMap<>();
  private final Map<Integer, Integer> used = new HashMap<>();

  private MapLines(List<Ends> lines, List<Box> boxes, List<Integer> gaps) {
    this.lines = lines;
    this.boxes = boxes.stream().map(Rectangle::of).toList();
    this.gaps = gaps;
  }

  /// @param boxes all of them
  /// @param gaps heights at which nothing stands from the first column to the last
  static List<Line> of(List<Ends> lines, List<Box> boxes, List<Integer> gaps) {
    return new MapLines(lines, boxes, gaps).drawn();
  }

  private List<Line> drawn() {
    part();
    Map<Ends, List<Curve>> drawn = new LinkedHashMap<>();
    lines.forEach(line -> drawn.put(line, curves(line)));
    List<Rectangle> taken = new ArrayList<>(boxes);
    List<Line> all = new ArrayList<>();
    drawn.forEach((line, curves) -> {
      Point place = curves.getFirst().begin();
      if (!line.figure().isEmpty()) {
        List<Point> others =
            drawn.entrySet().stream()
                .filter(other -> !other.getKey().equals(line))
                .flatMap(other -> other.getValue().stream())
                .flatMap(curve -> curve.samples().stream())
                .toList();
        place = place(line.figure(), curves, taken, others);
        taken.add(Rectangle.of(line.figure(), place));
      }
      all.add(new Line(path(curves), (int) Math.round(place.x()), (int) Math.round(place.y())));
    });
    return all;
  }

  /// Spreads the ends of lines over the side of a box at which they are, in the order of where they
  /// lead.
  private void part() {
    Map<Side, List<Port>> sides = new HashMap<>();
    for (Ends line : lines) {
      boolean right = line.forth() || line.inColumn();
      sides
          .computeIfAbsent(new Side(line.from(), right), _ -> new ArrayList<>())
          .add(new Port(line, true));
      sides
          .computeIfAbsent(new Side(line.to(), !line.forth()), _ -> new ArrayList<>())
          .add(new Port(line, false));
    }
    sides.forEach((side, here) -> {
      here.sort(
          Comparator.comparingInt((Port port) -> other(port).y())
              .thenComparingInt(port -> other(port).x())
              .thenComparing(Port::begins));
      for (int at = 0; at < here.size(); at++) {
        double y = side.box().y() + FlowMap.BOX_HEIGHT * (at + 1.0) / (here.size() + 1);
        int away = here.get(at).begins() ? 0 : HEAD;
        double x = side.right() ? side.box().x() + FlowMap.BOX_WIDTH + away : side.box().x() - away;
        ports.put(here.get(at), new Point(x, y));
      }
    });
  }

  private Point port(Ends line, boolean begins) {
    return Objects.requireNonNull(ports.get(new Port(line, begins)));
  }

  private static Box other(Port port) {
    return port.begins() ? port.line().to() : port.line().from();
  }

  private List<Curve> curves(Ends line) {
    Point begin = port(line, true);
    Point end = port(line, false);
    if (line.inColumn()) {
      double out = Math.max(begin.x(), end.x()) + BULGE;
      return List.of(new Curve(begin, new Point(out, begin.y()), new Point(out, end.y()), end));
    }
    Curve straight = Curve.between(begin, end);
    boolean free =
        straight.samples().stream()
            .noneMatch(point -> boxes.stream().anyMatch(box -> box.has(point)));
    return free ? List.of(straight) : around(line, begin, end);
  }

  /// Through the gap that is the least detour.
  private List<Curve> around(Ends line, Point begin, Point end) {
    double middle = (begin.y() + end.y()) / 2;
    int gap =
        gaps.stream()
            .min(Comparator.comparingDouble(each -> Math.abs(each - middle)))
            .orElseThrow();
    int lane = used.merge(gap, 1, Integer::sum) % LANES - 1;
    double y = gap + lane * (double) LANE;
    int step = FlowMap.COLUMN - FlowMap.BOX_WIDTH - CLEARANCE;
    double in =
        line.forth() ? line.from().x() + FlowMap.COLUMN - CLEARANCE : line.from().x() - step;
    double out = line.forth() ? line.to().x() - step : line.to().x() + FlowMap.COLUMN - CLEARANCE;
    Point enters = new Point(in, y);
    Point leaves = new Point(out, y);
    return List.of(
        Curve.between(begin, enters), Curve.between(enters, leaves), Curve.between(leaves, end));
  }

  private static Point place(
      String figure, List<Curve> line, List<Rectangle> taken, List<Point> others) {
    List<Point> places = line.stream().flatMap(curve -> PLACES.stream().map(curve::at)).toList();
    return places.stream()
        .filter(place -> {
          Rectangle room = Rectangle.of(figure, place);
          return taken.stream().noneMatch(room::meets) && others.stream().noneMatch(room::has);
        })
        .findFirst()
        .orElse(places.getFirst());
  }

  private static String path(List<Curve> curves) {
    return "M"
        + curves.getFirst().begin()
        + curves.stream()
            .map(curve -> " C%s %s %s".formatted(curve.first(), curve.second(), curve.end()))
            .collect(Collectors.joining());
  }
}
