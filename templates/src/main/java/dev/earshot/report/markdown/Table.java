package dev.earshot.report.markdown;

import dev.earshot.report.layout.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table whose columns are aligned in the source, too.
///
/// @param headers names of the columns; one that begins with a blank is aligned to the right
/// @param rows cells, escaped already
/// @param widths of the columns
record Table(List<String> headers, List<List<String>> rows, List<Integer> widths) {

  private static final int NARROWEST = 3;

  private static Table measured(List<String> headers, List<List<String>> rows) {
    List<List<String>> cells = rows.stream().map(List::copyOf).toList();
    return new Table(
        List.copyOf(headers),
        cells,
        IntStream.range(0, headers.size())
            .mapToObj(column -> width(headers.get(column), cells, column))
            .toList());
  }

  /// Cells are plain text.
  static Markdown of(List<String> headers, List<List<String>> rows) {
    return ofMarkdown(
        headers,
        rows.stream().map(row -> row.stream().map(MarkdownEscaping::escape).toList()).toList());
  }

  /// Cells are Markdown.
  static Markdown ofMarkdown(List<String> headers, List<List<String>> rows) {
    return Markdown.of(measured(headers, rows).text());
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(line(headers.stream().map(MarkdownEscaping::escape).toList()));
    lines.add(
        IntStream.range(0, headers.size())
            .mapToObj(this::rule)
            .collect(Collectors.joining(" | ", "| ", " |")));
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines);
  }

  private String line(List<String> cells) {
    return IntStream.range(0, headers.size())
        .mapToObj(at ->
            right(at)
                ? Width.padLeft(cells.get(at), widths.get(at))
                : Width.padRight(cells.get(at), widths.get(at)))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String rule(int column) {
    return right(column)
        ? "-".repeat(widths.get(column) - 1) + ":"
        : "-".repeat(widths.get(column));
  }

  private boolean right(int column) {
    return headers.get(column).startsWith(" ");
  }

  private static int width(String header, List<List<String>> rows, int column) {
    int cells = rows.stream().mapToInt(row -> Width.of(row.get(column))).max().orElse(0);
    return Math.max(NARROWEST, Math.max(cells, Width.of(MarkdownEscaping.escape(header))));
  }
}
