package dev.earshot.jinja.syntax;

import dev.earshot.python.PythonLiteral;
import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What operators stand between: literals, names, brackets, and what may follow them.
final class PrimaryParser {

  private final Tokens tokens;
  private final ExpressionParser expressions;

  PrimaryParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expr primary() {
    var token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name(tokens.take().text());
      case STRING -> string();
      case INTEGER, FLOAT -> number(tokens.take().text());
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parenthesised();
            case "[" -> {
              tokens.take();
              yield new Expr.ListOf(separated("]", expressions::expression));
            }
            case "{" -> {
              tokens.take();
              yield new Expr.DictOf(separated("}", this::entry));
            }
            default -> throw tokens.unexpected("expected an expression");
          };
      default -> throw tokens.unexpected("expected an expression");
    };
  }

  private static Expr name(String name) {
    return switch (name) {
      case "true", "True" -> new Expr.Literal(new Value.Bool(true));
      case "false", "False" -> new Expr.Literal(new Value.Bool(false));
      case "none", "None" -> new Expr.Literal(Value.Null.NULL);
      default -> {
        if (!Character.isUnicodeIdentifierStart(name.codePointAt(0)) && name.charAt(0) != '_') {
          throw new SyntaxException("a name can't begin like " + name);
        }
        yield new Expr.Name(name);
      }
    };
  }

  private Expr string() {
    var content = new StringBuilder();
    while (tokens.current().kind() == Token.Kind.STRING) {
      content.append(tokens.take().text());
    }
    return new Expr.Literal(new Value.Text(content.toString()));
  }

  private static Expr number(String digits) {
    return new Expr.Literal(
        PythonLiteral.parse(digits).orElseThrow(() -> new SyntaxException("a number is too long")));
  }

  private Expr parenthesised() {
    tokens.take();
    if (tokens.skipOperator(")")) {
      return new Expr.TupleOf(List.of());
    }
    var content = expressions.tuple();
    tokens.expectOperator(")");
    return content;
  }

  private Expr.Entry entry() {
    var key = expressions.expression();
    tokens.expectOperator(":");
    return new Expr.Entry(key, expressions.expression());
  }

  private <T> List<T> separated(String close, Supplier<T> item) {
    var items = new ArrayList<T>();
    while (!tokens.skipOperator(close)) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(close)) {
          break;
        }
      }
      items.add(item.get());
    }
    return items;
  }

  /// Attributes, subscripts and calls behind an expression.
  Expr postfix(Expr expression) {
    var result = expression;
    while (true) {
      if (tokens.skipOperator(".")) {
        result = member(result);
      } else if (tokens.skipOperator("[")) {
        result = new Expr.Item(result, index());
      } else if (tokens.current().isOperator("(")) {
        result = new Expr.Call(result, arguments());
      } else {
        return result;
      }
    }
  }

  private Expr member(Expr object) {
    return tokens.current().kind() == Token.Kind.INTEGER
        ? new Expr.Item(object, number(tokens.take().text()))
        : new Expr.Attribute(object, tokens.expectName());
  }

  private Expr index() {
    var parts = separated("]", this::subscript);
    return parts.size() == 1 ? parts.getFirst() : new Expr.TupleOf(parts);
  }

  private Expr subscript() {
    var from = bound();
    if (!tokens.skipOperator(":")) {
      return from.orElseThrow(() -> tokens.unexpected("expected an index"));
    }
    var to = bound();
    var step = tokens.skipOperator(":") ? bound() : Optional.<Expr>empty();
    return new Expr.Slice(from, to, step);
  }

  private Optional<Expr> bound() {
    boolean none =
        tokens.current().isOperator(":")
            || tokens.current().isOperator("]")
            || tokens.current().isOperator(",");
    return none ? Optional.empty() : Optional.of(expressions.expression());
  }

  /// Filters, tests, and calls of what they return.
  Expr filtersAndTests(Expr expression) {
    var result = expression;
    while (true) {
      if (tokens.skipOperator("|")) {
        result = new Expr.Filter(result, dottedName(), optionalArguments());
      } else if (tokens.skipName("is")) {
        result = test(result);
      } else if (tokens.current().isOperator("(")) {
        result = new Expr.Call(result, arguments());
      } else {
        return result;
      }
    }
  }

  private Expr test(Expr operand) {
    boolean negated = tokens.skipName("not");
    var name = dottedName();
    var test = new Expr.Test(operand, name, testArguments());
    return negated ? new Expr.Not(test) : test;
  }

  private Expr.Arguments testArguments() {
    var token = tokens.current();
    if (token.isOperator("(")) {
      return arguments();
    }
    boolean bare =
        switch (token.kind()) {
          case NAME ->
              switch (token.text()) {
                case "else", "or", "and" -> false;
                case "is" -> throw new SyntaxException("tests can't be chained with is");
                default -> true;
              };
          case STRING, INTEGER, FLOAT -> true;
          default -> token.isOperator("[") || token.isOperator("{");
        };
    return bare ? new Expr.Arguments(List.of(postfix(primary())), List.of()) : Expr.Arguments.NONE;
  }

  private String dottedName() {
    var name = new StringBuilder(tokens.expectName());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expectName());
    }
    return name.toString();
  }

  private Expr.Arguments optionalArguments() {
    return tokens.current().isOperator("(") ? arguments() : Expr.Arguments.NONE;
  }

  private Expr.Arguments arguments() {
    tokens.expectOperator("(");
    var positional = new ArrayList<Expr>();
    var keywords = new ArrayList<Expr.Keyword>();
    separated(
        ")",
        () -> {
          if (tokens.current().isOperator("*") || tokens.current().isOperator("**")) {
            throw new SyntaxException("unpacked arguments are not supported");
          }
          if (tokens.current().kind() == Token.Kind.NAME && tokens.look().isOperator("=")) {
            var name = tokens.take().text();
            tokens.take();
            return keywords.add(new Expr.Keyword(name, expressions.expression()));
          }
          if (!keywords.isEmpty()) {
            throw new SyntaxException("a positional argument follows a named one");
          }
          return positional.add(expressions.expression());
        });
    return new Expr.Arguments(positional, keywords);
  }
}
