package dev.earshot.report.layout;

import java.util.ArrayList;
import java.util.List;

/// Sets a paragraph in lines.
public final class Wrap {

  private Wrap() {}

  /// Breaks between words; a word longer than a line is cut.
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      String rest = word;
      if (!line.isEmpty() && Width.of(line.toString()) + 1 + Width.of(rest) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (Width.of(rest) > width) {
        String part = Width.take(rest, width);
        lines.add(part);
        rest = rest.substring(part.length());
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }
}
