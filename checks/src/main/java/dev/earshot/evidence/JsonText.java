package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;

/// The string literals of JSON, which is all that is needed of lines that a template laid out.
final class JsonText {

  private JsonText() {}

  /// All string literals of a line, decoded, in order; one whose quote is never closed ends with
  /// the line.
  static List<String> strings(String line) {
    List<String> strings = new ArrayList<>();
    int at = line.indexOf('"');
    while (at >= 0) {
      StringBuilder value = new StringBuilder();
      int end = read(line, at + 1, value);
      strings.add(value.toString());
      at = line.indexOf('"', end + 1);
    }
    return strings;
  }

  /// The first literal of a line; empty where there is none.
  static String first(String line) {
    List<String> all = strings(line);
    return all.isEmpty() ? "" : all.getFirst();
  }

  /// Appends a literal's text and returns where its closing quote stands.
  private static int read(String line, int from, StringBuilder value) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length()) {
        at++;
        at += escape(line, at, value);
      } else {
        value.append(c);
      }
      at++;
    }
    return at;
  }

  /// Appends what an escape stands for and returns how many characters follow its letter.
  private static int escape(String line, int at, StringBuilder value) {
    char letter = line.charAt(at);
    switch (letter) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'u' -> {
        if (at + 4 < line.length()) {
          try {
            value.append((char) Integer.parseUnsignedInt(line.substring(at + 1, at + 5), 16));
            return 4;
          } catch (NumberFormatException _) {
            value.append('\uFFFD');
          }
        }
      }
      default -> value.append(letter);
    }
    return 0;
  }
}
