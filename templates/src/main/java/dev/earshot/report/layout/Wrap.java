package dev.earshot.report.layout;

import java.util.ArrayList;
import java.util.List;

/// Sets a paragraph in lines.
public final class Wrap {

  private Wrap() {}

  /// What long words (paths, addresses, lists) may be broken behind.
  private static final String JOINTS = "/,;:=&?|-_.";

  /// Breaks between words; a word longer than a line at a joint in the line's latter half, or, if
  /// it has none there, anywhere.
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
        String part = beginning(rest, width);
        lines.add(part);
        rest = rest.substring(part.length());
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String beginning(String word, int width) {
    String fitting = Width.take(word, width);
    for (int at = fitting.length() - 1; at >= fitting.length() / 2; at--) {
      if (JOINTS.indexOf(fitting.charAt(at)) >= 0) {
        return fitting.substring(0, at + 1);
      }
    }
    return fitting;
  }
}
