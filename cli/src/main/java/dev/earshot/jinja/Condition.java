package dev.earshot.jinja;

import dev.earshot.jinja.filter.Names;
import dev.earshot.jinja.syntax.Expr;
import dev.earshot.jinja.syntax.TemplateParser;

/// A condition without braces, as Ansible takes it in `when:` and `that:` and in the groups of
/// `constructed`.
public final class Condition {

  private final String text;
  private final Expr expression;

  private Condition(String text, Expr expression) {
    this.text = text;
    this.expression = expression;
  }

  /// Parses a condition.
  ///
  /// @throws TemplateException if it is malformed, or names filters or tests that aren't known
  public static Condition parse(String text) throws TemplateException {
    return Rendering.guarded(
        text,
        () -> {
          var expression = TemplateParser.condition(text);
          Names.check(expression);
          return new Condition(text, expression);
        });
  }

  /// Its value, which has to be true or false, as ansible-core demands since 2.19: `'a == b'` in
  /// quotes one time too many would hold for ever.
  ///
  /// @throws TemplateException if it is neither, or there is none, say because a variable is
  ///   undefined
  public boolean holds(Scope scope) throws TemplateException {
    return Rendering.guarded(text, () -> new Rendering(scope).decision(expression));
  }

  /// The condition as it was written.
  @Override
  public String toString() {
    return text;
  }
}
