package dev.earshot.jinja.syntax;

import java.util.List;
import java.util.Optional;

/// A piece of a template.
public sealed interface Node {

  /// Text outside of any tag.
  record Data(String text) implements Node {}

  /// `{{ expression }}`
  record Print(Expr expression) implements Node {}

  record If(List<Branch> branches, List<Node> otherwise) implements Node {}

  record Branch(Expr condition, List<Node> body) {}

  record For(
      List<String> targets,
      Expr iterable,
      Optional<Expr> condition,
      List<Node> body,
      List<Node> otherwise)
      implements Node {}

  /// `{% set a = x %}` or `{% set a, b = x %}`
  record Assign(List<String> targets, Expr value) implements Node {}

  /// `{% set namespace.name = x %}`
  record AssignAttribute(String namespace, String name, Expr value) implements Node {}

  /// `{% set name %}…{% endset %}`
  record Capture(String target, List<Node> body) implements Node {}
}
