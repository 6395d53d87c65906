package dev.earshot.jinja.syntax;

import dev.earshot.jinja.syntax.Token.Kind;
import dev.earshot.python.PythonEscape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a template into tokens, with `trim_blocks` set as Ansible sets it: the newline behind a
/// block or a comment goes away. A newline at the very end of the template goes away too.
final class Lexer {

  private static final int DOTALL = Pattern.DOTALL;
  private static final Pattern OPENING =
      Pattern.compile("\\{%[-+]?\\s*+raw\\s*+(?:-%}\\s*+|%})|(?:\\{\\{|\\{%|\\{#)[-+]?", DOTALL);
  private static final Pattern RAW_END =
      Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+(?:\\+%}|-%}\\s*+|%}\\n?)", DOTALL);
  private static final Pattern COMMENT_END = Pattern.compile("\\+#}|-#}\\s*+|#}\\n?", DOTALL);
  private static final Pattern BLOCK_END = Pattern.compile("\\+%}|-%}\\s*+|%}\\n?", DOTALL);
  private static final Pattern VARIABLE_END = Pattern.compile("-}}\\s*+|}}", DOTALL);
  private static final Pattern BLANKS = Pattern.compile("\\s++", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)\\d(?:_?\\d)*+(?:(?:\\.\\d(?:_?\\d)*+)?e[+-]?\\d(?:_?\\d)*+|\\.\\d(?:_?\\d)*+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER =
      Pattern.compile(
          "0b(?:_?[01])++|0o(?:_?[0-7])++|0x(?:_?[\\da-f])++|[1-9](?:_?\\d)*+|0(?:_?0)*+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("\\w++", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"", DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

  private record Rule(Pattern pattern, Kind kind) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(FLOAT, Kind.FLOAT),
          new Rule(INTEGER, Kind.INTEGER),
          new Rule(NAME, Kind.NAME),
          new Rule(STRING, Kind.STRING),
          new Rule(OPERATOR, Kind.OPERATOR));

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private Lexer(String source) {
    this.source = source;
  }

  /// The tokens of a template, the last of which is {@link Kind#END}.
  static List<Token> template(String text) {
    var unix = text.replace("\r\n", "\n").replace('\r', '\n');
    var lexer = new Lexer(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix);
    lexer.run();
    return lexer.tokens;
  }

  /// The tokens of what may stand in a statement.
  static List<Token> statement(String text) {
    var lexer = new Lexer(text.replace("\r\n", "\n").replace('\r', '\n'));
    lexer.inside(null, Kind.END);
    return lexer.tokens;
  }

  private void run() {
    var opening = OPENING.matcher(source);
    while (opening.find(next)) {
      var tag = opening.group();
      var data = source.substring(next, opening.start());
      add(Kind.DATA, tag.startsWith("-", 2) ? stripTrailing(data) : data);
      next = opening.end();
      if (tag.startsWith("{{")) {
        add(Kind.VARIABLE_BEGIN, tag);
        inside(VARIABLE_END, Kind.VARIABLE_END);
      } else if (tag.startsWith("{#")) {
        find(COMMENT_END, "a comment is not closed");
      } else if (tag.endsWith("}") || tag.stripTrailing().length() < tag.length()) {
        raw();
      } else {
        add(Kind.BLOCK_BEGIN, tag);
        inside(BLOCK_END, Kind.BLOCK_END);
      }
    }
    add(Kind.DATA, source.substring(next));
    tokens.add(new Token(Kind.END, ""));
  }

  private void raw() {
    int start = next;
    var end = find(RAW_END, "a raw block is not closed");
    var data = source.substring(start, end.start());
    add(Kind.DATA, "-".equals(end.group(1)) ? stripTrailing(data) : data);
  }

  private Matcher find(Pattern end, String complaint) {
    var match = end.matcher(source);
    if (!match.find(next)) {
      throw new SyntaxException(complaint);
    }
    next = match.end();
    return match;
  }

  /// The tokens of a tag, up to its end outside of any bracket.
  private void inside(@Nullable Pattern end, Kind endKind) {
    Deque<String> open = new ArrayDeque<>();
    while (next < source.length()) {
      var ending = end == null || !open.isEmpty() ? null : at(end);
      if (ending != null) {
        tokens.add(new Token(endKind, take(ending)));
        return;
      }
      lex(open, end != VARIABLE_END);
    }
    if (end != null) {
      throw new SyntaxException("the template ends in the middle of a tag");
    }
    tokens.add(new Token(Kind.END, ""));
  }

  private void lex(Deque<String> open, boolean escapes) {
    var blanks = at(BLANKS);
    if (blanks != null) {
      take(blanks);
      return;
    }
    for (var rule : RULES) {
      var match = at(rule.pattern);
      if (match != null) {
        var text = take(match);
        var token = new Token(rule.kind, rule.kind == Kind.STRING ? content(text, escapes) : text);
        balance(token, open);
        tokens.add(token);
        return;
      }
    }
    throw new SyntaxException("unexpected character " + source.charAt(next));
  }

  /// What stands between the quotes. Ansible doubles backslashes within `{{ }}` before Jinja2
  /// halves them, which makes a quote behind one the end of the string.
  private static String content(String literal, boolean escapes) {
    var inner = literal.substring(1, literal.length() - 1);
    if (escapes) {
      return PythonEscape.unescape(inner)
          .orElseThrow(() -> new SyntaxException("a string has a malformed escape"));
    }
    if (inner.indexOf(literal.charAt(0)) >= 0) {
      throw new SyntaxException("a string has a backslash before a quote; use the other quotes");
    }
    return inner;
  }

  private static void balance(Token token, Deque<String> open) {
    if (token.kind() != Kind.OPERATOR) {
      return;
    }
    switch (token.text()) {
      case "(" -> open.push(")");
      case "[" -> open.push("]");
      case "{" -> open.push("}");
      case ")", "]", "}" -> {
        if (open.isEmpty() || !open.pop().equals(token.text())) {
          throw new SyntaxException("unexpected " + token.text());
        }
      }
      default -> {}
    }
  }

  private @Nullable Matcher at(Pattern pattern) {
    var match = pattern.matcher(source).region(next, source.length());
    match.useTransparentBounds(true);
    return match.lookingAt() ? match : null;
  }

  private String take(Matcher match) {
    next = match.end();
    return match.group();
  }

  private void add(Kind kind, String text) {
    if (kind != Kind.DATA || !text.isEmpty()) {
      tokens.add(new Token(kind, text));
    }
  }

  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
