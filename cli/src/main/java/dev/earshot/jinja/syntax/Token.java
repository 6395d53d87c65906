package dev.earshot.jinja.syntax;

/// A piece of a template.
///
/// @param text the piece as it was written, for {@link Kind#DATA} after whitespace control
record Token(Kind kind, String text) {

  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    INTEGER,
    FLOAT,
    STRING,
    OPERATOR,
    END
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
