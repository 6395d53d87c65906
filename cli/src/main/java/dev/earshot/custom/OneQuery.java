package dev.earshot.custom;

import java.util.Optional;
import java.util.regex.Pattern;

/// Brings a query onto one line, as psql's scripts want it, and refuses what is more than a query.
/// That it writes nothing is PostgreSQL's to see to; this is so that mistakes are told with their
/// line, and that nothing in it is a command of psql's.
public final class OneQuery {

  private static final Pattern FIRST =
      Pattern.compile("(?is)\\(*\\s*(?:select|with|values|table)\\b.*");

  private final String text;
  private final StringBuilder line = new StringBuilder();
  private int at;

  private OneQuery(String text) {
    this.text = text;
  }

  /// What becomes of it.
  public sealed interface Result {

    /// It is one, on one line, without a semicolon.
    record Query(String sql) implements Result {}

    /// It is none.
    ///
    /// @param how a predicate
    record Wrong(String how, String advice) implements Result {}
  }

  /// Reads a query as an admin wrote it.
  public static Result of(String text) {
    OneQuery query = new OneQuery(text.strip().replaceFirst("\\s*;\\z", ""));
    Optional<Result.Wrong> wrong = query.read();
    String sql = query.line.toString().strip();
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return FIRST.matcher(sql).matches()
        ? new Result.Query(sql)
        : new Result.Wrong(
            "is no query", "begin with select, with, values or table; settings are in pg_settings");
  }

  private Optional<Result.Wrong> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      Optional<Result.Wrong> wrong =
          switch (c) {
            case '\'', '"' -> quoted(c);
            case '-' -> text.startsWith("--", at) ? comment("\n", 0) : kept();
            case '/' -> text.startsWith("/*", at) ? comment("*/", 2) : kept();
            case ';' -> wrong("is more than one statement", "write one check for each");
            case '\\' ->
                wrong("has a backslash outside of quotes", "psql's own commands are not run");
            case ':' -> colon();
            case '$' ->
                at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))
                    ? wrong("has a parameter", "write the value")
                    : wrong("quotes with dollars", "quote with '…'");
            default -> kept();
          };
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  /// psql would put a variable of its own where a name follows.
  private Optional<Result.Wrong> colon() {
    if (text.startsWith("::", at)) {
      line.append("::");
      at += 2;
      return Optional.empty();
    }
    line.append(text.startsWith(":=", at) ? ":" : ": ");
    at++;
    return Optional.empty();
  }

  private Optional<Result.Wrong> kept() {
    char c = text.charAt(at++);
    line.append(Character.isWhitespace(c) ? ' ' : c);
    return Optional.empty();
  }

  private Optional<Result.Wrong> quoted(char quote) {
    boolean escapes = quote == '\'' && line.toString().matches("(?s).*(?<![A-Za-z0-9_])[eE]");
    line.append(text.charAt(at++));
    while (at < text.length() && (text.charAt(at) != quote || isDoubled(quote))) {
      if (text.charAt(at) == '\n') {
        return wrong("has a line break within quotes", "write E'…\\n…'");
      }
      if ((escapes && text.charAt(at) == '\\' && at + 1 < text.length()) || isDoubled(quote)) {
        line.append(text.charAt(at++));
      }
      line.append(text.charAt(at++));
    }
    if (at == text.length()) {
      return wrong("has a quote that is never closed", "close it");
    }
    line.append(text.charAt(at++));
    return Optional.empty();
  }

  private boolean isDoubled(char quote) {
    return text.startsWith(String.valueOf(quote).repeat(2), at);
  }

  private Optional<Result.Wrong> comment(String end, int length) {
    int stop = text.indexOf(end, at);
    at = stop < 0 ? text.length() : stop + length;
    line.append(' ');
    return Optional.empty();
  }

  private static Optional<Result.Wrong> wrong(String how, String advice) {
    return Optional.of(new Result.Wrong(how, advice));
  }
}
