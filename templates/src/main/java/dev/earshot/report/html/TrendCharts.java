package dev.earshot.report.html;

import dev.earshot.report.Trends;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.TrendRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// How measurements went from run to run, a small chart each.
///
/// @param lead what is shown, as a sentence
public record TrendCharts(int runs, String lead, int width, int height, List<Group> groups) {

  private static final int WIDTH = 240;
  private static final int HEIGHT = 32;

  /// Keeps lines and dots inside.
  private static final int MARGIN = 3;

  public TrendCharts {
    groups = List.copyOf(groups);
  }

  /// Charts of one kind.
  public record Group(String title, List<Chart> charts) {

    public Group {
      charts = List.copyOf(charts);
    }
  }

  /// One measurement.
  ///
  /// @param line an SVG path, broken where nothing was measured
  /// @param dots the last value, and each that no line would show
  public record Chart(TrendRow row, String line, List<Dot> dots) {

    public Chart {
      dots = List.copyOf(dots);
    }
  }

  public record Dot(String x, String y) {}

  static TrendCharts of(Trends trends) {
    return new TrendCharts(
        trends.runs(),
        "%s of this inventory, the last of them this report; the first began at %s. Lines begin at zero."
            .formatted(Figures.count(trends.runs(), "run"), trends.since()),
        WIDTH,
        HEIGHT,
        Stream.of(
                new Group(
                    "Median round trip", charts(TrendRow.of(trends.roundTrips(), Figures::ms))),
                new Group(
                    "What a sender gets that waits for each answer",
                    charts(TrendRow.of(trends.ceilings(), Figures::rate))))
            .filter(group -> !group.charts().isEmpty())
            .toList());
  }

  private static List<Chart> charts(List<TrendRow> rows) {
    return rows.stream().map(TrendCharts::chart).toList();
  }

  private static Chart chart(TrendRow row) {
    List<OptionalDouble> heights = row.heights();
    StringBuilder line = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    for (int at = 0; at < heights.size(); at++) {
      if (heights.get(at).isPresent()) {
        Dot dot = dot(at, heights.size(), heights.get(at).getAsDouble());
        boolean begins = at == 0 || heights.get(at - 1).isEmpty();
        boolean ends = at == heights.size() - 1 || heights.get(at + 1).isEmpty();
        line.append(begins ? 'M' : 'L').append(dot.x()).append(' ').append(dot.y());
        if (at == heights.size() - 1 || (begins && ends)) {
          dots.add(dot);
        }
      }
    }
    return new Chart(row, line.toString(), dots);
  }

  private static Dot dot(int at, int of, double height) {
    return new Dot(
        coordinate(MARGIN + at * (WIDTH - 2.0 * MARGIN) / (of - 1)),
        coordinate(HEIGHT - MARGIN - height * (HEIGHT - 2.0 * MARGIN)));
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
