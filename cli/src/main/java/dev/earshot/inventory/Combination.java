package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// How variables of two places become one: the stronger replaces the weaker, or, with
/// `hash_behaviour = merge`, mappings are merged entry by entry. Lists always replace each other.
record Combination(boolean mergesMappings) {

  /// All layers, weakest first, into one.
  SequencedMap<String, Variable> of(List<Layer> layers) {
    return combined(layers.stream().map(Layer::variables));
  }

  /// Merging is not associative, so what Ansible merges on its own first has to be merged so here.
  SequencedMap<String, Variable> ofParts(List<List<Layer>> parts) {
    return combined(parts.stream().map(this::of));
  }

  private SequencedMap<String, Variable> combined(Stream<? extends Map<String, Variable>> maps) {
    var result = new LinkedHashMap<String, Variable>();
    maps.forEach(each -> add(result, each));
    return result;
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
