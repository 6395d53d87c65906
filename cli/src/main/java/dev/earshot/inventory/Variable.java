package dev.earshot.inventory;

import dev.earshot.python.Value;

/// A variable's value and the line that set it. Its text form leaves the value out: it may be a
/// secret.
public record Variable(Value value, Location origin) {

  /// True if Ansible would evaluate the value, or a part of it, with Jinja2 before using it.
  public boolean isTemplate() {
    return isTemplate(value);
  }

  private static boolean isTemplate(Value value) {
    return switch (value) {
      case Value.Text(String text, boolean unsafe) ->
          !unsafe && (text.contains("{{") || text.contains("{%") || text.contains("{#"));
      case Value.Sequence(var items) -> items.stream().anyMatch(Variable::isTemplate);
      case Value.Mapping(var entries) -> entries.values().stream().anyMatch(Variable::isTemplate);
      case Value.Whole _,
          Value.Real _,
          Value.Bool _,
          Value.Null _,
          Value.Timestamp _,
          Value.Vaulted _ ->
          false;
    };
  }

  @Override
  public String toString() {
    return "Variable[" + origin + "]";
  }
}
