package dev.earshot.jinja;

import dev.earshot.jinja.filter.Names;
import dev.earshot.jinja.syntax.Node;
import dev.earshot.jinja.syntax.SyntaxException;
import dev.earshot.jinja.syntax.TemplateParser;
import dev.earshot.python.Value;
import java.util.List;

/// A template, parsed once and rendered for many hosts.
public final class Template {

  private static final int MAX_LENGTH = 1_000_000;

  private final String text;
  private final List<Node> nodes;

  private Template(String text, List<Node> nodes) {
    this.text = text;
    this.nodes = nodes;
  }

  /// True if a text contains anything that begins a tag. All other text stands for itself.
  public static boolean isTemplate(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  /// Parses a template; text without tags is one as well.
  ///
  /// @throws TemplateException if it is malformed, or names statements, filters or tests that
  ///   aren't known
  public static Template parse(String text) throws TemplateException {
    if (text.length() > MAX_LENGTH) {
      throw new TemplateException("the template is too long", text.substring(0, 80) + "…");
    }
    return new Template(text, Rendering.guarded(text, () -> parsed(text)));
  }

  /// As {@link #parse}, for those who handle failures themselves.
  static Template unchecked(String text) {
    return new Template(text, parsed(text));
  }

  private static List<Node> parsed(String text) throws SyntaxException {
    var nodes = TemplateParser.template(text);
    Names.check(nodes);
    return nodes;
  }

  /// Renders as Ansible does with a variable: `{{ number }}` keeps its type, what looks like a
  /// list, a mapping or a boolean becomes one, everything else is text.
  public Value render(Scope scope) throws TemplateException {
    return Rendering.guarded(text, () -> new Rendering(scope).value(this));
  }

  /// Renders to text, whatever it looks like.
  public String renderText(Scope scope) throws TemplateException {
    return Rendering.guarded(text, () -> new Rendering(scope).text(this));
  }

  /// Renders the templates within a value, also those nested in lists and mappings. Encrypted
  /// values are opened. What is marked `!unsafe` stays as it is.
  public static Value render(Value value, Scope scope) throws TemplateException {
    var shown = value instanceof Value.Text(var text, var _) ? text : value.kind();
    return Rendering.guarded(shown, () -> new Rendering(scope).value(value));
  }

  String text() {
    return text;
  }

  List<Node> nodes() {
    return nodes;
  }

  /// The template as it was written.
  @Override
  public String toString() {
    return text;
  }
}
