package dev.earshot.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The passwords that MySQL's and MariaDB's clients take without a blank before them: `-phunter2`.
///
/// They stand in lists of processes, which have lost their quotes, in lines of shells, and in JSON
/// around either. Each character is looked at a few times at most, whatever a host prints.
final class ClientPasswords {

  /// A client's name, unless it is what an option names, or a user in a list of processes: there, a
  /// number or the blanks of a column follow.
  private static final Pattern CLIENT =
      Pattern.compile(
          "(?<![\\w-])(?<!\\s(?:--(?:name|host|hostname|user|username|group|network|link|service)|-[uhUgn])[ =][\"']?)"
              + "(?:(?:mysql|mariadb)(?![ \\t]+\\d|[ \\t]{2,}+[^-\\s\"'\\\\])|mysql(?:admin|binlog|check|dump|import|pump|sh|show|slap)|mariadb-[a-z]{1,20})"
              + "(?=[\\s\"'\\\\])");

  private static final String JSON_QUOTE = "\\\"";

  private static final String SHELL_QUOTE = "'\\''";

  private final String text;
  private final StringBuilder kept = new StringBuilder();
  private int copied;

  /// How far quotes are known, and the one that is open there; none: 0.
  private int seen;

  private char open;

  /// The client's name is a quoted string of its own, as in a list of arguments.
  private boolean listed;

  private ClientPasswords(String text) {
    this.text = text;
  }

  static String withhold(String text, String mask) {
    return new ClientPasswords(text).withhold(mask);
  }

  private String withhold(String mask) {
    Matcher client = CLIENT.matcher(text);
    for (int at = 0; client.find(at); at = seen) {
      findOpen(client.start());
      seen = client.end();
      listed = open != 0 && seen < text.length() && text.charAt(seen) == open;
      if (listed) {
        open = 0;
        seen++;
      }
      arguments(mask);
    }
    return copied == 0 ? text : kept.append(text, copied, text.length()).toString();
  }

  /// An apostrophe within a word opens nothing.
  private void findOpen(int end) {
    for (; seen < end; seen++) {
      char c = text.charAt(seen);
      if (c == '\n') {
        open = 0;
      } else if (c == '\\' && open != '\'' && text.charAt(seen + 1) != '\n') {
        seen++;
      } else if (c == open) {
        open = 0;
      } else if (open == 0
          && isQuote(c)
          && (seen == 0 || !Character.isLetterOrDigit(text.charAt(seen - 1)))) {
        open = c;
      }
    }
  }

  /// Up to the end of the command.
  private void arguments(String mask) {
    while (seen < text.length()) {
      char c = text.charAt(seen);
      if (c == '\n' || isOperator(c) || closes(seen)) {
        return;
      }
      if (separates(seen)) {
        seen++;
        continue;
      }
      int quote = quoteAt(seen);
      int start = seen + quote;
      boolean password = text.startsWith("-p", start);
      int first = afterPiece(seen);
      int end = wordEnd(first, password);
      if (password) {
        int last = quote > 0 && first == end && first > start ? end - quote : end;
        if (last > start + 2) {
          kept.append(text, copied, start + 2).append(mask);
          copied = last;
        }
      }
      seen = end;
      if (password && text.charAt(end - 1) == ';') {
        return;
      }
    }
  }

  /// In lists of processes, passwords have `;` and `&` without quotes.
  private int wordEnd(int from, boolean password) {
    int at = from;
    while (at < text.length()
        && !separates(at)
        && !closes(at)
        && (password || !isOperator(text.charAt(at)))) {
      at = afterPiece(at);
    }
    return at;
  }

  /// After a quoted string, an escaped character or one character.
  private int afterPiece(int at) {
    int quote = quoteAt(at);
    if (quote > 0) {
      int closing = closing(at, quote);
      if (closing >= 0) {
        return closing + quote;
      }
    }
    boolean escaped =
        text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n';
    return at + (escaped ? 2 : Math.max(1, quote));
  }

  private int closing(int at, int quote) {
    String closing = text.substring(at, at + quote);
    for (int next = at + quote; next < text.length() && text.charAt(next) != '\n'; next++) {
      if (text.startsWith(closing, next)) {
        return next;
      }
      if (closes(next)) {
        return -1;
      }
      if (text.charAt(next) == '\\'
          && !closing.equals("'")
          && next + 1 < text.length()
          && text.charAt(next + 1) != '\n') {
        next++;
      }
    }
    return -1;
  }

  /// The length of the opening quote that stands there; none: 0.
  private int quoteAt(int at) {
    if (text.startsWith(JSON_QUOTE, at)) {
      return JSON_QUOTE.length();
    }
    if (open == '\'' && text.startsWith(SHELL_QUOTE, at)) {
      return SHELL_QUOTE.length();
    }
    return isQuote(text.charAt(at)) ? 1 : 0;
  }

  private boolean closes(int at) {
    return open != 0
        && text.charAt(at) == open
        && !(open == '\'' && text.startsWith(SHELL_QUOTE, at));
  }

  private boolean separates(int at) {
    char c = text.charAt(at);
    return Character.isWhitespace(c) || (listed && (c == ',' || c == ']'));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isOperator(char c) {
    return c == '|' || c == ';' || c == '&';
  }
}
