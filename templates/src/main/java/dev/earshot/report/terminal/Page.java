package dev.earshot.report.terminal;

import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Width;
import dev.earshot.report.layout.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Sets text in lines of the terminal's width.
record Page(RenderOptions options) {

  /// What a line of a block begins with: its label on the first, blanks on the others.
  private static final int LABEL = 11;

  /// Longer lines of prose lead no eye to the next one; tables may be wider.
  private static final int WIDEST_PROSE = 120;

  String paint(Style style, String text) {
    return options.colour() && style != Style.PLAIN && !text.isEmpty()
        ? "\u001b[" + style.parameters() + "m" + text + "\u001b[0m"
        : text;
  }

  String heading(String text) {
    return paint(Style.HEADING, text);
  }

  /// A heading and what belongs under it; nothing where there is nothing.
  List<String> section(String title, List<String> lines) {
    return lines.isEmpty()
        ? lines
        : Stream.concat(Stream.of(heading(title)), lines.stream()).toList();
  }

  /// The first of several blocks, and how to see the others; all of them where that is wanted.
  ///
  /// @param what the others are
  List<String> first(int most, List<List<String>> blocks, String what) {
    boolean all = options.verbose() || blocks.size() <= most;
    List<String> lines = new ArrayList<>();
    blocks.subList(0, all ? blocks.size() : most).forEach(lines::addAll);
    if (!all) {
      lines.addAll(
          labelled(
              "",
              Style.PLAIN,
              "and %d more %s: -v lists them".formatted(blocks.size() - most, what),
              Style.FAINT));
    }
    return lines;
  }

  /// A paragraph, indented.
  List<String> paragraph(int indent, String text, Style style) {
    return beside(" ".repeat(indent), indent, text, style);
  }

  /// A paragraph with a label before its first line.
  List<String> labelled(String label, Style labelStyle, String text, Style style) {
    return labelled(LABEL, label, labelStyle, text, style);
  }

  /// The same with room for longer labels.
  List<String> labelled(int room, String label, Style labelStyle, String text, Style style) {
    String lead = "  " + paint(labelStyle, label) + " ".repeat(Math.max(1, room - Width.of(label)));
    return beside(lead, room + 2, text, style);
  }

  /// A paragraph beside what begins its first line.
  ///
  /// @param lead painted, and as wide as `indent` once it is shown
  List<String> beside(String lead, int indent, String text, Style style) {
    List<String> lines = new ArrayList<>();
    String margin = lead;
    for (String line : Wrap.lines(text, Math.min(options.width(), WIDEST_PROSE) - indent)) {
      lines.add(margin + paint(style, line));
      margin = " ".repeat(indent);
    }
    return lines;
  }

  /// A line to be copied, which is never broken.
  String verbatim(String label, String text) {
    return "  " + paint(Style.FAINT, Width.padRight(label, LABEL)) + text;
  }

  /// A command to be copied.
  List<String> command(String label, String command) {
    List<String> lines = new ArrayList<>();
    String lead = label;
    for (String line : CommandLines.of(command, options.width() - LABEL - 2)) {
      lines.add(verbatim(lead, line));
      lead = "";
    }
    return lines;
  }
}
