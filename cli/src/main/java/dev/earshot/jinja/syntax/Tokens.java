package dev.earshot.jinja.syntax;

import dev.earshot.jinja.syntax.Token.Kind;
import java.util.List;

/// A cursor over tokens.
final class Tokens {

  /// Jinja2 itself gives up at about 70.
  private static final int MAX_DEPTH = 100;

  private final List<Token> tokens;
  private int next;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(next);
  }

  Token look() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token take() {
    var token = current();
    if (next < tokens.size() - 1) {
      next++;
    }
    return token;
  }

  boolean skipOperator(String operator) {
    boolean found = current().isOperator(operator);
    if (found) {
      take();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = current().isName(name);
    if (found) {
      take();
    }
    return found;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("expected " + operator);
    }
  }

  String expectName() {
    return expect(Kind.NAME, "a name").text();
  }

  Token expect(Kind kind, String description) {
    if (current().kind() != kind) {
      throw unexpected("expected " + description);
    }
    return take();
  }

  SyntaxException unexpected(String expectation) {
    var found =
        switch (current().kind()) {
          case END -> "the end";
          case VARIABLE_END, BLOCK_END -> "the end of the tag";
          case STRING -> "a string";
          case DATA -> "text";
          default -> current().text();
        };
    return new SyntaxException(expectation + ", found " + found);
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException("nested more than " + MAX_DEPTH + " deep");
    }
  }

  void leave() {
    depth--;
  }
}
