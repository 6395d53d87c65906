package dev.earshot.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits text such as `a=1 b="x y" c={{ d }}` as Ansible splits the parameters of a task: at
/// blanks and line ends, but not within quotes or Jinja2's braces. Quotes stay where they are.
final class ParameterWords {

  /// One of Jinja2's kinds of braces; they are counted word by word.
  private static final class Braces {
    private final String opening;
    private final String closing;
    private int depth;

    Braces(String opening, String closing) {
      this.opening = opening;
      this.closing = closing;
    }

    /// True if a word opens or closes some.
    boolean count(String word) {
      int before = depth;
      depth = Math.max(0, depth + count(word, opening) - count(word, closing));
      return depth != before;
    }

    private static int count(String word, String sought) {
      int count = 0;
      for (int at = word.indexOf(sought); at >= 0; at = word.indexOf(sought, at + 2)) {
        count++;
      }
      return count;
    }
  }

  private final List<StringBuilder> words = new ArrayList<>();
  private final List<Braces> braces =
      List.of(new Braces("{{", "}}"), new Braces("{%", "%}"), new Braces("{#", "#}"));
  private char quote;
  private boolean failed;

  private ParameterWords() {}

  /// Absent if quotes or braces stay open, or the text begins with blanks.
  static Optional<List<String>> split(String text) {
    var words = new ParameterWords();
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean continued = words.line(lines[i].split(" ", -1));
      if (i < lines.length - 1 && !continued) {
        words.extend("\n");
      }
    }
    return words.failed || words.isInBraces() || words.quote != 0
        ? Optional.empty()
        : Optional.of(words.words.stream().map(StringBuilder::toString).toList());
  }

  /// True if a lone backslash joins the next line to this one.
  private boolean line(String[] pieces) {
    boolean continued = false;
    for (int i = 0; i < pieces.length; i++) {
      if (pieces[i].isEmpty() && i > 0) {
        extend(" ");
      } else if (pieces[i].equals("\\") && quote == 0) {
        continued = true;
      } else {
        piece(pieces[i], i, pieces.length);
      }
    }
    return continued;
  }

  private void piece(String piece, int index, int count) {
    boolean wasQuoted = quote != 0;
    boolean wasInBraces = isInBraces();
    quote = quoteAfter(piece);
    boolean placed = wasInBraces || quote != 0 || wasQuoted;
    if (quote != 0 && !wasQuoted && !wasInBraces) {
      words.add(new StringBuilder(piece));
    } else if (placed) {
      extend(glue(wasQuoted, index, count) + piece);
    }
    for (var each : braces) {
      if (each.count(piece) && !placed) {
        words.add(new StringBuilder(piece));
        placed = true;
      }
    }
    if (!placed && !piece.isEmpty()) {
      words.add(new StringBuilder(piece));
    }
  }

  private static String glue(boolean wasQuoted, int index, int count) {
    if (index == 0 && wasQuoted) {
      return "";
    }
    if (count > 1) {
      return index > 0 ? " " : "";
    }
    return "\n";
  }

  private char quoteAfter(String piece) {
    char open = quote;
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if ((c == '"' || c == '\'') && (i == 0 || piece.charAt(i - 1) != '\\')) {
        if (open == 0) {
          open = c;
        } else if (open == c) {
          open = 0;
        }
      }
    }
    return open;
  }

  private boolean isInBraces() {
    return braces.stream().anyMatch(each -> each.depth > 0);
  }

  private void extend(String text) {
    if (words.isEmpty()) {
      failed = true;
    } else {
      words.getLast().append(text);
    }
  }
}
