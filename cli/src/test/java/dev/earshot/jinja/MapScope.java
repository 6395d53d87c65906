package dev.earshot.jinja;

import dev.earshot.python.Value;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A host among others, whose variables are what JSON made of them.
final class MapScope implements Scope {

  private final Map<String, Map<String, Object>> all;
  private final Map<String, Object> variables;

  MapScope(Map<String, Map<String, Object>> all, String host) {
    this.all = all;
    this.variables = new LinkedHashMap<>(all.getOrDefault(host, Map.of()));
    variables.put("inventory_hostname", host);
    variables.put("group_names", host.equals("h1") ? List.of("web") : List.of("db"));
    variables.put(
        "groups",
        Map.of(
            "all", List.of("h1", "h2", "h3"),
            "ungrouped", List.of(),
            "web", List.of("h1"),
            "db", List.of("h2", "h3")));
  }

  static MapScope of(Map<String, Object> variables) {
    return new MapScope(Map.of("h1", variables), "h1");
  }

  @Override
  public Optional<Value> variable(String name) {
    return variables.containsKey(name) ? Optional.of(value(variables.get(name))) : Optional.empty();
  }

  @Override
  public Collection<String> hosts() {
    return all.keySet();
  }

  @Override
  public Optional<Scope> host(String name) {
    return all.containsKey(name) ? Optional.of(new MapScope(all, name)) : Optional.empty();
  }

  @Override
  public Set<String> names() {
    return variables.keySet();
  }

  private static Value value(Object object) {
    return switch (object) {
      case null -> Value.Null.NULL;
      case Value value -> value;
      case String text -> new Value.Text(text);
      case Boolean truth -> new Value.Bool(truth);
      case BigInteger number -> new Value.Whole(number);
      case Integer number -> new Value.Whole(number);
      case Double number -> new Value.Real(number);
      case List<?> items -> new Value.Sequence(items.stream().map(MapScope::value).toList());
      case Map<?, ?> map -> {
        var entries = new LinkedHashMap<Value, Value>();
        map.forEach((key, each) -> entries.put(value(key), value(each)));
        yield new Value.Mapping(entries);
      }
      default -> throw new IllegalArgumentException(object.getClass().getName());
    };
  }

  /// The type and the content of a value, as the script says it of Python's.
  static String shown(Value value) {
    return switch (value) {
      case Value.Text(var text, var _) -> "str:" + text;
      case Value.Whole(var number) -> "int:" + number;
      case Value.Real _ -> "float:" + value.asText().orElseThrow();
      case Value.Bool(var truth) -> "bool:" + truth;
      case Value.Null _ -> "none";
      case Value.Timestamp(var iso) -> "date:" + iso;
      case Value.Sequence(var items) -> items.stream().map(MapScope::shown).toList().toString();
      case Value.Mapping(var entries) -> {
        var map = new LinkedHashMap<String, String>();
        entries.forEach((key, each) -> map.put(shown(key), shown(each)));
        yield map.toString();
      }
      case Value.Vaulted _ -> "vaulted";
    };
  }
}
