package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How variables of two places become one: the stronger replaces the weaker, or, with
/// `hash_behaviour = merge`, mappings are merged entry by entry. Lists always replace each other.
record Combination(boolean mergesMappings) {

  /// Puts the layers of stronger parts, weakest first, into a map of weaker variables. Merging is
  /// not associative, so what Ansible merges on its own first is merged so here: the layers of a
  /// part, then the parts.
  void addParts(Map<String, Variable> variables, List<List<Layer>> parts) {
    var target = mergesMappings ? new LinkedHashMap<String, Variable>() : variables;
    for (var part : parts) {
      addLayers(target, part);
    }
    if (mergesMappings) {
      add(variables, target);
    }
  }

  private void addLayers(Map<String, Variable> variables, List<Layer> layers) {
    var target = mergesMappings ? new LinkedHashMap<String, Variable>() : variables;
    for (var layer : layers) {
      add(target, layer.variables());
    }
    if (mergesMappings) {
      add(variables, target);
    }
  }

  /// Puts stronger variables into a map of weaker ones.
  void add(Map<String, Variable> variables, Map<String, Variable> stronger) {
    if (mergesMappings) {
      stronger.forEach((name, variable) -> variables.merge(name, variable, Combination::merged));
    } else {
      variables.putAll(stronger);
    }
  }

  private static Variable merged(Variable weaker, Variable stronger) {
    return new Variable(merged(weaker.value(), stronger.value()), stronger.origin());
  }

  private static Value merged(Value weaker, Value stronger) {
    if (!(weaker instanceof Value.Mapping(var old)
        && stronger instanceof Value.Mapping(var added))) {
      return stronger;
    }
    if (added.isEmpty()) {
      return weaker;
    }
    var entries = new LinkedHashMap<>(old);
    added.forEach((key, value) -> entries.merge(key, value, Combination::merged));
    return new Value.Mapping(entries);
  }
}
