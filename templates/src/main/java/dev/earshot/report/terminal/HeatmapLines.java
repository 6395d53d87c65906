package dev.earshot.report.terminal;

import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.RoundTrips.Cell;
import dev.earshot.report.layout.RttGrid;
import dev.earshot.report.layout.RttGrid.Pair;
import dev.earshot.report.layout.RttGrid.Row;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The RTT matrix as a heatmap. Colour and symbol say the same, so it reads without either.
final class HeatmapLines {

  private static final int NARROWEST_CELL = 7;
  private static final int LONGEST_NAME = 24;
  private static final int MOST_PAIRS = 20;
  private static final String FROM_TO = "from \\ to";

  private final Page page;

  HeatmapLines(Page page) {
    this.page = page;
  }

  List<String> of(RttGrid grid) {
    List<String> lines = new ArrayList<>();
    if (!grid.rows().isEmpty()) {
      lines.addAll(table(grid));
      lines.add("");
      lines.addAll(legend(grid));
    }
    if (!grid.leftOut().isEmpty()) {
      lines.addAll(page.paragraph(2, grid.leftOut() + ".", Style.FAINT));
    }
    if (!grid.pairs().isEmpty()) {
      lines.add("");
      lines.addAll(pairs(grid.pairs()));
    }
    return lines;
  }

  /// Names over the columns where they fit, else their numbers; in several tables, one below the
  /// other, where even those are too many.
  private List<String> table(RttGrid grid) {
    int longest = grid.columns().stream().mapToInt(Width::of).max().orElse(0);
    int named = Math.max(NARROWEST_CELL, longest + 1);
    int label = Math.min(Math.min(LONGEST_NAME, page.options().width() / 4), longest);
    boolean numbered = 2 + label + 1 + grid.columns().size() * named > page.options().width();
    int cell = numbered ? NARROWEST_CELL : named;
    int left = Math.max(FROM_TO.length(), numbered ? label + 3 : label);
    int most = Math.max(1, (page.options().width() - 2 - left - 1) / cell);
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < grid.columns().size(); at += most) {
      if (at > 0) {
        lines.add("");
      }
      int end = Math.min(at + most, grid.columns().size());
      lines.addAll(part(grid, at, end, numbered, label, left, cell));
    }
    return numbered ? Stream.concat(lines.stream(), others(grid)).toList() : lines;
  }

  /// The columns from one to another.
  private List<String> part(
      RttGrid grid, int begin, int end, boolean numbered, int label, int left, int cell) {
    List<String> lines = new ArrayList<>();
    lines.add(
        page.paint(
            Style.FAINT,
            "  "
                + Width.padRight(FROM_TO, left)
                + " "
                + IntStream.range(begin, end)
                    .mapToObj(at ->
                        Width.padLeft(
                            numbered ? String.valueOf(at + 1) : grid.columns().get(at), cell))
                    .collect(Collectors.joining())));
    int number = 0;
    for (Row row : grid.rows()) {
      number++;
      String name = Width.clip(row.from(), label);
      lines.add(
          ("  "
                  + Width.padRight(
                      numbered ? Width.padLeft(String.valueOf(number), 2) + " " + name : name, left)
                  + " "
                  + row.cells().subList(begin, end).stream()
                      .map(one -> cell(one, cell))
                      .collect(Collectors.joining()))
              .stripTrailing());
    }
    return lines;
  }

  /// Columns that are no rows, by number.
  private Stream<String> others(RttGrid grid) {
    return IntStream.range(grid.rows().size(), grid.columns().size())
        .boxed()
        .flatMap(at ->
            page
                .beside("  %2d ".formatted(at + 1), 5, grid.columns().get(at), Style.PLAIN)
                .stream());
  }

  private String cell(Cell cell, int width) {
    if (cell.same()) {
      return " ".repeat(width);
    }
    String text = page.options().colour() ? cell.text() : symbol(cell) + " " + cell.text();
    return " " + page.paint(Style.of(cell.band()), Width.padLeft(text, width - 1));
  }

  private static String symbol(Cell cell) {
    return cell.band() == Band.UNKNOWN ? "" : String.valueOf(cell.band().symbol());
  }

  private List<String> legend(RttGrid grid) {
    List<String> lines = new ArrayList<>();
    int room = 0;
    for (Band band : Band.values()) {
      String mark =
          page.options().colour()
              ? page.paint(Style.of(band), band == Band.UNKNOWN ? " ? " : "   ")
              : String.valueOf(band.symbol());
      int width = (page.options().colour() ? 3 : 1) + 1 + Width.of(band.label());
      if (room < 3 + width) {
        lines.add("  " + mark + " " + band.label());
        room = page.options().width() - 2 - width;
      } else {
        lines.set(lines.size() - 1, lines.getLast() + "   " + mark + " " + band.label());
        room -= 3 + width;
      }
    }
    Set<String> marks =
        grid.rows().stream()
            .flatMap(row -> row.cells().stream())
            .map(Cell::mark)
            .collect(Collectors.toSet());
    lines.addAll(
        page.paragraph(
            2,
            "milliseconds from the host on the left; median of its pings"
                + (marks.contains(Cell.KERNEL)
                    ? "; k: the kernel's minimum, where no ping was answered"
                    : "")
                + (marks.contains(Cell.TUNNEL)
                    ? "; t: a connection that the host's SSH server made"
                    : ""),
            Style.FAINT));
    return lines;
  }

  private List<String> pairs(List<Pair> pairs) {
    int shown = page.options().verbose() ? pairs.size() : Math.min(MOST_PAIRS, pairs.size());
    List<String> lines = new ArrayList<>();
    for (Pair pair : pairs.subList(0, shown)) {
      lines.addAll(
          page.beside(
              "  " + cell(pair.cell(), 10) + (pair.cell().ms().isPresent() ? " ms  " : "     "),
              17,
              pair.from() + " → " + pair.to(),
              Style.PLAIN));
    }
    if (shown < pairs.size()) {
      lines.add(
          page.paint(
              Style.FAINT,
              "  and %s that %s nearer: -v lists them"
                  .formatted(
                      Figures.count(pairs.size() - shown, "pair"),
                      pairs.size() - shown == 1 ? "is" : "are")));
    }
    return lines;
  }
}
