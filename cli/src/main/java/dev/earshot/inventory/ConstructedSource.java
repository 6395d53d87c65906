package dev.earshot.inventory;

import dev.earshot.jinja.Scope;
import dev.earshot.jinja.Template;
import dev.earshot.jinja.TemplateException;
import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Ansible's plugin `constructed`: makes variables and groups of what the sources before it say
/// about each host.
final class ConstructedSource {

  /// Something that is evaluated for every host.
  ///
  /// @param name of the variable or the group that it makes
  private record Rule(String name, Template template, Location where) {}

  private final PluginOptions options;
  private final InventoryData data;
  private final Problems problems;
  private final HostScopes scopes;
  private final RuleFailures failures;

  private ConstructedSource(PluginOptions options, InventoryRequest request, InventoryData data) {
    this.options = options;
    this.data = data;
    this.problems = data.problems();
    this.scopes = new HostScopes(options, request, data);
    this.failures = new RuleFailures(options.flag("strict", false), problems);
  }

  static void read(PluginOptions options, InventoryRequest request, InventoryData data) {
    new ConstructedSource(options, request, data).read();
  }

  private void read() {
    var variables = rules("compose", "{{%s}}");
    var groups = rules("groups", "{%% if %s %%} True {%% else %%} False {%% endif %%}");
    var keyed = keyedGroups();
    for (var host : List.copyOf(data.hosts().values())) {
      var before = scopes.of(host);
      for (var rule : variables) {
        value(rule, host, before)
            .ifPresent(value ->
                data.setVariable(host.name, rule.name(), new Variable(value, rule.where())));
      }
      var after = scopes.of(host);
      for (var rule : groups) {
        if (value(rule, host, after).flatMap(Value::asText).filter(this::isTrue).isPresent()) {
          join(host, data.addGroup(GroupNames.safe(rule.name()), rule.where()), rule.where());
        }
      }
      keyed.forEach(each -> each.apply(host, after));
    }
    failures.report(data.hosts().size());
    problems.addAll(scopes.problems());
  }

  private boolean isTrue(String text) {
    return text.strip().equals("True");
  }

  /// A group of the host's name goes before the host, as for Ansible.
  private void join(HostNode host, String group, Location where) {
    if (data.hasGroup(host.name)) {
      data.addChild(group, host.name, where);
    } else {
      data.addHost(host.name, Optional.empty(), group, where);
    }
  }

  private Optional<Value> value(Rule rule, HostNode host, Scope scope) {
    try {
      return Optional.of(rule.template().render(scope));
    } catch (TemplateException e) {
      failures.add(rule.where(), rule.name(), host.name, e);
      return Optional.empty();
    }
  }

  private List<Rule> rules(String option, String form) {
    var rules = new ArrayList<Rule>();
    for (var entry : options.mapping(option)) {
      var name = PluginOptions.text(entry.key());
      template(entry, form).ifPresent(found -> rules.add(new Rule(name, found, entry.where())));
    }
    return rules;
  }

  private Optional<Template> template(YamlValues.Entry entry, String form) {
    return options
        .value(entry)
        .flatMap(value -> failures.parse(form.formatted(PluginOptions.text(value)), entry.where()));
  }

  private List<KeyedGroups> keyedGroups() {
    var keyed = new ArrayList<KeyedGroups>();
    for (var entries : options.mappings("keyed_groups")) {
      SequencedMap<String, Value> values = new LinkedHashMap<>();
      for (var entry : entries) {
        options.value(entry).ifPresent(value -> values.put(PluginOptions.text(entry.key()), value));
      }
      var where = entries.getFirst().where();
      KeyedGroups.of(values, where, options.flag("leading_separator", true), failures, data)
          .ifPresent(keyed::add);
    }
    return keyed;
  }
}
