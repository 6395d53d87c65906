package dev.earshot.jinja.syntax;

import dev.earshot.python.Value;
import java.util.List;
import java.util.Optional;

/// An expression.
public sealed interface Expr {

  record Literal(Value value) implements Expr {}

  record Name(String name) implements Expr {}

  /// `object.name`
  record Attribute(Expr object, String name) implements Expr {}

  /// `object[index]`
  record Item(Expr object, Expr index) implements Expr {}

  /// `from:to:step`, only as an index.
  record Slice(Optional<Expr> from, Optional<Expr> to, Optional<Expr> step) implements Expr {}

  record Call(Expr callee, Arguments arguments) implements Expr {}

  record Filter(Expr operand, String name, Arguments arguments) implements Expr {}

  record Test(Expr operand, String name, Arguments arguments) implements Expr {}

  record Not(Expr operand) implements Expr {}

  /// A sign in front.
  record Signed(boolean negative, Expr operand) implements Expr {}

  /// `+ - * / // % **`
  record Arithmetic(String operator, Expr left, Expr right) implements Expr {}

  record And(Expr left, Expr right) implements Expr {}

  record Or(Expr left, Expr right) implements Expr {}

  /// `a < b <= c`, `x in y`
  record Comparison(Expr first, List<Step> steps) implements Expr {}

  record Step(String operator, Expr right) {}

  /// `a ~ b`
  record Concatenation(List<Expr> parts) implements Expr {}

  /// `then if condition else otherwise`
  record Conditional(Expr condition, Expr then, Optional<Expr> otherwise) implements Expr {}

  record TupleOf(List<Expr> items) implements Expr {}

  record ListOf(List<Expr> items) implements Expr {}

  record DictOf(List<Entry> entries) implements Expr {}

  record Entry(Expr key, Expr value) {}

  record Arguments(List<Expr> positional, List<Keyword> keywords) {
    public static final Arguments NONE = new Arguments(List.of(), List.of());
  }

  record Keyword(String name, Expr value) {}
}
