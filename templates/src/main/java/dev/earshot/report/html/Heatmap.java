package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.RoundTrips.Cell;
import dev.earshot.report.layout.RttGrid;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The matrix of round trips, drawn: site beside site, with a gap between them.
///
/// @param cellWidth of a cell; wide ones hold their figure
/// @param figures whether they do
/// @param lean of the columns' names, in degrees
/// @param left where the cells begin, right of the rows' names
/// @param top where they begin, under the columns' names
public record Heatmap(
    List<Line> columns,
    List<Row> rows,
    int cellWidth,
    int cellHeight,
    boolean figures,
    int lean,
    int left,
    int top,
    int width,
    int height) {

  /// More hosts than these are shown by their sites.
  static final int MOST = 60;

  /// Cells of so many columns can hold their figures.
  private static final int MOST_WITH_FIGURES = 16;

  private static final int GAP = 8;
  private static final int LONGEST_NAME = 18;
  private static final double CHARACTER = 8.4;
  private static final int MARGIN = 10;

  /// Names over narrow columns stand steeper, so that they don't touch.
  private static final int LEAN = 45;

  private static final int LEAN_WHERE_NARROW = 60;

  public Heatmap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// One host or site.
  ///
  /// @param label as much of the name as there is room for
  /// @param site number of its site
  /// @param slow mean of its known round trips, for the order
  /// @param at where its cells begin: x of a column, y of a row
  public record Line(String name, String label, int site, String slow, int at) {}

  public record Row(Line line, List<Spot> spots) {
    public Row {
      spots = List.copyOf(spots);
    }
  }

  /// One cell.
  ///
  /// @param css the class of its band
  public record Spot(int x, String css, String text) {}

  static Optional<Heatmap> of(AuditReport report, RttGrid grid) {
    if (grid.rows().isEmpty()) {
      return Optional.empty();
    }
    boolean ofSites = !grid.pairs().isEmpty() || !grid.leftOut().isEmpty();
    Sites sites = new Sites(report);
    List<Integer> rows = order(grid.rows().stream().map(RttGrid.Row::from).toList(), sites);
    List<Integer> columns = order(grid.columns(), sites);
    boolean figures = columns.size() <= MOST_WITH_FIGURES;
    int cellWidth = figures ? 52 : 15;
    int cellHeight = figures ? 28 : 15;
    int gap = ofSites ? 0 : GAP;

    List<Line> across = new ArrayList<>();
    int at = 0;
    for (int column : columns) {
      String name = grid.columns().get(column);
      int site = sites.number(name);
      at += !across.isEmpty() && across.getLast().site() != site ? gap : 0;
      List<Cell> cells = grid.rows().stream().map(row -> row.cells().get(column)).toList();
      across.add(new Line(name, label(name), site, slow(cells), at));
      at += cellWidth;
    }
    int wide = at;
    List<Row> down = new ArrayList<>();
    at = 0;
    for (int row : rows) {
      RttGrid.Row given = grid.rows().get(row);
      int site = sites.number(given.from());
      at += !down.isEmpty() && down.getLast().line().site() != site ? gap : 0;
      Line line = new Line(given.from(), label(given.from()), site, slow(given.cells()), at);
      down.add(
          new Row(
              line,
              IntStream.range(0, columns.size())
                  .mapToObj(i -> spot(across.get(i).at(), given.cells().get(columns.get(i))))
                  .toList()));
      at += cellHeight;
    }
    int names = longest(down.stream().map(Row::line).toList());
    int lean = figures ? LEAN : LEAN_WHERE_NARROW;
    int left = names + MARGIN;
    int top = (int) (longest(across) * Math.sin(Math.toRadians(lean))) + 2 * MARGIN;
    return Optional.of(
        new Heatmap(
            across,
            down,
            cellWidth,
            cellHeight,
            figures,
            lean,
            left,
            top,
            left + wide + (int) (longest(across) * Math.cos(Math.toRadians(lean))) + MARGIN,
            top + at + 2));
  }

  /// By site, else as they came.
  private static List<Integer> order(List<String> names, Sites sites) {
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparingInt(at -> sites.number(names.get(at))))
        .toList();
  }

  private static Spot spot(int x, Cell cell) {
    return new Spot(x, cell.same() ? "same" : css(cell.band()), cell.text());
  }

  static String css(Band band) {
    return switch (band) {
      case NEXT_DOOR -> "b1";
      case SAME_DATACENTER -> "b2";
      case SAME_SITE -> "b3";
      case SAME_REGION -> "b4";
      case FAR -> "b5";
      case UNKNOWN -> "b0";
    };
  }

  private static String slow(List<Cell> cells) {
    return String.format(
        Locale.ROOT,
        "%.3f",
        cells.stream().flatMapToDouble(cell -> cell.ms().stream()).average().orElse(0));
  }

  private static String label(String name) {
    return Width.clip(name, LONGEST_NAME);
  }

  private static int longest(List<Line> lines) {
    return (int)
        (CHARACTER * lines.stream().mapToInt(line -> Width.of(line.label())).max().orElse(0));
  }

  /// What the colours mean.
  public List<Key> legend() {
    return Stream.of(Band.values()).map(band -> new Key(css(band), band.label())).toList();
  }

  public record Key(String css, String label) {}
}
