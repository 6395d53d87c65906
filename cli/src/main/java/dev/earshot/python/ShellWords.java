package dev.earshot.python;

import java.util.ArrayList;
import java.util.List;

/// Splits a host line into words as Python's `shlex.split(line, comments=True)` does: quotes group
/// and vanish, a backslash escapes, and `#` starts a comment even inside a word.
public final class ShellWords {

  /// The line can't be split; the message says why.
  public static final class Unbalanced extends Exception {
    Unbalanced(String message) {
      super(message);
    }
  }

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int next;

  private final boolean comments;

  private ShellWords(String line, boolean comments) {
    this.line = line;
    this.comments = comments;
  }

  public static List<String> split(String line) throws Unbalanced {
    return new ShellWords(line, true).split();
  }

  /// As [#split], but `#` is a character like any other.
  public static List<String> splitAll(String line) throws Unbalanced {
    return new ShellWords(line, false).split();
  }

  private List<String> split() throws Unbalanced {
    while (next < line.length()) {
      char c = line.charAt(next++);
      switch (c) {
        case ' ', '\t', '\r', '\n' -> endWord();
        case '#' -> {
          if (comments) {
            next = line.length();
          } else {
            inWord = true;
            word.append(c);
          }
        }
        case '\'', '"' -> quoted(c);
        case '\\' -> {
          inWord = true;
          word.append(escaped());
        }
        default -> {
          inWord = true;
          word.append(c);
        }
      }
    }
    endWord();
    return words;
  }

  private void quoted(char quote) throws Unbalanced {
    inWord = true;
    while (next < line.length()) {
      char c = line.charAt(next++);
      if (c == quote) {
        return;
      }
      if (c == '\\' && quote == '"') {
        char escaped = escaped();
        if (escaped != '"' && escaped != '\\') {
          word.append('\\');
        }
        word.append(escaped);
      } else {
        word.append(c);
      }
    }
    throw new Unbalanced("a %s quote is not closed".formatted(quote == '"' ? "double" : "single"));
  }

  private char escaped() throws Unbalanced {
    if (next == line.length()) {
      throw new Unbalanced("the line ends in a backslash");
    }
    return line.charAt(next++);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
