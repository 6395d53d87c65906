package dev.earshot.inventory;

import dev.earshot.jinja.Scope;
import dev.earshot.jinja.Template;
import dev.earshot.jinja.TemplateException;
import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of the `keyed_groups` of `constructed`: puts each host into groups named after the value of
/// an expression.
final class KeyedGroups {

  private static final Value NO_PREFIX = new Value.Text("");

  private final Map<String, Value> options;
  private final Location where;
  private final Template key;
  private final Optional<Template> parent;
  private final boolean leadingSeparator;
  private final RuleFailures failures;
  private final InventoryData data;

  private KeyedGroups(
      Map<String, Value> options,
      Location where,
      Template key,
      Optional<Template> parent,
      boolean leadingSeparator,
      RuleFailures failures,
      InventoryData data) {
    this.options = options;
    this.where = where;
    this.key = key;
    this.parent = parent;
    this.leadingSeparator = leadingSeparator;
    this.failures = failures;
    this.data = data;
  }

  /// Absent if something is wrong with it, which is reported.
  static Optional<KeyedGroups> of(
      Map<String, Value> options,
      Location where,
      boolean leadingSeparator,
      RuleFailures failures,
      InventoryData data) {
    if (isGiven(options, "default_value") && isGiven(options, "trailing_separator")) {
      data.problems()
          .error(
              where,
              "default_value and trailing_separator exclude each other",
              "remove one of them");
      return Optional.empty();
    }
    var written = options.getOrDefault("parent_group", Value.Null.NULL);
    var parent =
        written.isTruthy()
            ? failures.parse(PluginOptions.text(written), where)
            : Optional.<Template>empty();
    return failures
        .parse("{{%s}}".formatted(text(options, "key", Value.Null.NULL)), where)
        .map(key -> new KeyedGroups(options, where, key, parent, leadingSeparator, failures, data));
  }

  private static boolean isGiven(Map<String, Value> options, String name) {
    return !(options.getOrDefault(name, Value.Null.NULL) instanceof Value.Null);
  }

  private static String text(Map<String, Value> options, String name, Value otherwise) {
    return PluginOptions.text(options.getOrDefault(name, otherwise));
  }

  void apply(HostNode host, Scope scope) {
    try {
      var value = key.render(scope);
      boolean usesDefault = value.equals(new Value.Text("")) && isGiven(options, "default_value");
      if (!value.isTruthy() && !usesDefault) {
        boolean nothingToDo = value instanceof Value.Sequence || value instanceof Value.Mapping;
        if (!nothingToDo) {
          failures.empty(where, key.toString(), host.name);
        }
        return;
      }
      var above = parent.isPresent() ? Optional.of(parent.get().render(scope)) : noParent();
      for (var name : names(value)) {
        join(host, name, above);
      }
    } catch (TemplateException e) {
      failures.add(where, key.toString(), host.name, e);
    }
  }

  private static Optional<Value> noParent() {
    return Optional.empty();
  }

  private void join(HostNode host, String bare, Optional<Value> above) {
    var prefix = text(options, "prefix", NO_PREFIX);
    var separator = prefix.isEmpty() && !leadingSeparator ? "" : separator();
    var group = data.addGroup(GroupNames.safe(prefix + separator + bare), where);
    data.addHost(host.name, Optional.empty(), group, where);
    above.ifPresent(value -> {
      var name = data.addGroup(GroupNames.safe(PluginOptions.text(value)), where);
      data.addChild(name, group, where);
    });
  }

  private String separator() {
    return text(options, "separator", new Value.Text("_"));
  }

  private List<String> names(Value value) {
    return switch (value) {
      case Value.Text text -> List.of(orDefault(text));
      case Value.Sequence(var items) -> items.stream().map(this::orDefault).toList();
      case Value.Mapping(var entries) -> {
        var names = new ArrayList<String>();
        entries.forEach((name, each) -> names.add(pair(PluginOptions.text(name), each)));
        yield names;
      }
      case Value.Whole _,
          Value.Real _,
          Value.Bool _,
          Value.Null _,
          Value.Timestamp _,
          Value.Vaulted _ -> {
        data.problems()
            .error(
                where,
                "the key %s must be a string, a list or a mapping but is %s"
                    .formatted(key, value.kind()),
                "make it a string: (%s) | string".formatted(text(options, "key", value)));
        yield List.of();
      }
    };
  }

  private String orDefault(Value name) {
    boolean empty = name.equals(new Value.Text(""));
    return empty && isGiven(options, "default_value")
        ? text(options, "default_value", name)
        : PluginOptions.text(name);
  }

  private String pair(String name, Value value) {
    boolean empty = value.equals(new Value.Text(""));
    boolean bare =
        empty
            && !isGiven(options, "default_value")
            && new Value.Bool(false).equals(options.get("trailing_separator"));
    return bare ? name : name + separator() + orDefault(value);
  }
}
