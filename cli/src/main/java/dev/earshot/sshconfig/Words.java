package dev.earshot.sshconfig;

import java.util.ArrayList;
import java.util.List;

/// Splits lines into words, in the two ways that OpenSSH has: keywords and the criteria of `Match`
/// in the old one, everything else in the new one.
final class Words {

  static final String BLANKS = " \t\r\n";

  private Words() {}

  /// The arguments of a keyword: quotes of both kinds anywhere in a word, a few escapes, and a
  /// comment where a word could begin.
  static List<String> arguments(String text) throws BadValue {
    var words = new ArrayList<String>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
        continue;
      }
      if (c == '#') {
        break;
      }
      var word = new StringBuilder();
      char quote = 0;
      for (; at < text.length(); at++) {
        c = text.charAt(at);
        if (c == '\\' && at + 1 < text.length() && isEscaped(text.charAt(at + 1), quote)) {
          word.append(text.charAt(++at));
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
          break;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (quote != 0 && c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      }
      if (quote != 0) {
        throw new BadValue("has a quote that is not closed", "add the closing " + quote);
      }
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isEscaped(char c, char quote) {
    return c == '\'' || c == '"' || c == '\\' || (c == ' ' && quote == 0);
  }

  /// Takes words from the front of a text: they end at a blank, a double quote or one `=`.
  static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    /// The next word, which may be empty; absent once the text is used up.
    Word next() {
      if (at > text.length()) {
        return Word.NONE;
      }
      int start = at;
      int end = find(" \t\r\n\"=", start);
      if (end < 0) {
        at = text.length() + 1;
        return new Word(text.substring(start), false);
      }
      if (text.charAt(end) == '"') {
        return quoted(start, end);
      }
      boolean separated = text.charAt(end) == '=';
      at = skipBlanks(end + 1);
      if (!separated && at < text.length() && text.charAt(at) == '=') {
        at = skipBlanks(at + 1);
      }
      return new Word(text.substring(start, end), false);
    }

    private Word quoted(int start, int quote) {
      int close = text.indexOf('"', quote + 1);
      if (close < 0) {
        at = text.length() + 1;
        return Word.NONE;
      }
      at = skipBlanks(close + 1);
      return new Word(text.substring(start, quote) + text.substring(quote + 1, close), false);
    }

    /// What has not been taken yet.
    String rest() {
      return at < text.length() ? text.substring(at) : "";
    }

    private int find(String any, int from) {
      for (int i = from; i < text.length(); i++) {
        if (any.indexOf(text.charAt(i)) >= 0) {
          return i;
        }
      }
      return -1;
    }

    private int skipBlanks(int from) {
      int i = from;
      while (i < text.length() && BLANKS.indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      return i;
    }
  }

  /// @param missing there was none
  record Word(String text, boolean missing) {
    static final Word NONE = new Word("", true);

    boolean isEmpty() {
      return text.isEmpty();
    }
  }
}
