package dev.earshot.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Operators, by precedence. Two of Jinja2's differ from Python's: `**` groups from the left, and
/// `~` binds tighter than `+`.
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
  private static final Set<String> POWERS = Set.of("**");

  private final Tokens tokens;
  private final PrimaryParser primary;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.primary = new PrimaryParser(tokens, this);
  }

  Expr expression() {
    tokens.enter();
    var result = or();
    while (tokens.skipName("if")) {
      var condition = or();
      var otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.<Expr>empty();
      result = new Expr.Conditional(condition, result, otherwise);
    }
    tokens.leave();
    return result;
  }

  /// An expression, or several with commas between, which make a tuple.
  Expr tuple() {
    var first = expression();
    if (!tokens.current().isOperator(",")) {
      return first;
    }
    var items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !atTupleEnd()) {
      items.add(expression());
    }
    return new Expr.TupleOf(items);
  }

  private boolean atTupleEnd() {
    return switch (tokens.current().kind()) {
      case VARIABLE_END, BLOCK_END, END -> true;
      default -> tokens.current().isOperator(")");
    };
  }

  Expr or() {
    var left = and();
    while (tokens.skipName("or")) {
      left = new Expr.Or(left, and());
    }
    return left;
  }

  private Expr and() {
    var left = not();
    while (tokens.skipName("and")) {
      left = new Expr.And(left, not());
    }
    return left;
  }

  private Expr not() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    var operand = not();
    tokens.leave();
    return new Expr.Not(operand);
  }

  private Expr comparison() {
    var first = sum();
    var steps = new ArrayList<Expr.Step>();
    while (true) {
      if (COMPARISONS.contains(operator())) {
        steps.add(new Expr.Step(tokens.take().text(), sum()));
      } else if (tokens.skipName("in")) {
        steps.add(new Expr.Step("in", sum()));
      } else if (tokens.current().isName("not") && tokens.look().isName("in")) {
        tokens.take();
        tokens.take();
        steps.add(new Expr.Step("not in", sum()));
      } else {
        return steps.isEmpty() ? first : new Expr.Comparison(first, steps);
      }
    }
  }

  private Expr sum() {
    return leftToRight(SUMS, this::concatenation);
  }

  private Expr concatenation() {
    var parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expr.Concatenation(parts);
  }

  private Expr product() {
    return leftToRight(PRODUCTS, () -> leftToRight(POWERS, () -> unary(true)));
  }

  private Expr leftToRight(Set<String> operators, Supplier<Expr> operand) {
    var left = operand.get();
    while (operators.contains(operator())) {
      left = new Expr.Arithmetic(tokens.take().text(), left, operand.get());
    }
    return left;
  }

  private Expr unary(boolean withFilters) {
    Expr result;
    if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
      tokens.enter();
      boolean negative = tokens.take().isOperator("-");
      result = new Expr.Signed(negative, unary(false));
      tokens.leave();
    } else {
      result = primary.primary();
    }
    result = primary.postfix(result);
    return withFilters ? primary.filtersAndTests(result) : result;
  }

  private String operator() {
    return tokens.current().kind() == Token.Kind.OPERATOR ? tokens.current().text() : "";
  }
}
