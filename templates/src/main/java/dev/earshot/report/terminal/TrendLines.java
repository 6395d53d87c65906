package dev.earshot.report.terminal;

import dev.earshot.report.Trends;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.TrendRow;
import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How measurements went from run to run, a sparkline each.
final class TrendLines {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int MOST = 12;
  private static final int LONGEST_LABEL = 40;

  /// Columns for the indent, the figures and the spaces between.
  private static final int FIGURES = 14;

  private static final int RANGE = 26;

  private final Page page;

  TrendLines(Page page) {
    this.page = page;
  }

  List<String> of(Trends trends) {
    List<TrendRow> roundTrips = TrendRow.of(trends.roundTrips(), Figures::ms);
    List<TrendRow> ceilings = TrendRow.of(trends.ceilings(), Figures::rate);
    int label =
        Math.min(
            Math.min(LONGEST_LABEL, page.options().width() / 2 - 2),
            Stream.concat(roundTrips.stream(), ceilings.stream())
                .mapToInt(row -> Width.of(row.label()))
                .max()
                .orElse(0));
    List<String> lines = new ArrayList<>();
    lines.addAll(group("Round trips", roundTrips, label, "links"));
    lines.addAll(group("What a sender gets that waits for each answer", ceilings, label, "paths"));
    return page.section("Trends: %d runs since %s".formatted(trends.runs(), trends.since()), lines);
  }

  private List<String> group(String title, List<TrendRow> rows, int label, String what) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  " + page.paint(Style.FAINT, title));
    lines.addAll(page.first(MOST, rows.stream().map(row -> block(row, label)).toList(), what));
    return lines;
  }

  private List<String> block(TrendRow row, int label) {
    List<String> lines = new ArrayList<>();
    lines.add(line(row, label));
    row.until()
        .ifPresent(time -> lines.addAll(page.paragraph(4, "last seen at " + time, Style.FAINT)));
    return lines;
  }

  /// The newest runs, where not all have room.
  private String line(TrendRow row, int label) {
    int room = page.options().width() - label - FIGURES;
    boolean ranged = room - row.heights().size() >= RANGE;
    List<OptionalDouble> shown =
        row.heights().subList(Math.max(0, row.heights().size() - room), row.heights().size());
    return "  %s %s %s%s"
        .formatted(
            Width.padRight(Width.clip(row.label(), label), label),
            shown.stream().map(TrendLines::block).collect(Collectors.joining()),
            Width.padLeft(row.now(), 9),
            ranged
                ? page.paint(Style.FAINT, "  %s to %s".formatted(row.lowest(), row.highest()))
                : "");
  }

  private static String block(OptionalDouble height) {
    return height.isPresent()
        ? String.valueOf(
            BLOCKS.charAt((int) Math.round(height.getAsDouble() * (BLOCKS.length() - 1))))
        : " ";
  }
}
