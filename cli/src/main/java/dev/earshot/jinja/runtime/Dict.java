package dev.earshot.jinja.runtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A `dict`. As in Python, `1`, `1.0` and `True` are the same key, and the first spelling stays.
public final class Dict implements Obj.Mapping {

  public record Entry(Obj key, Obj value) {}

  private final SequencedMap<Object, Entry> entries;

  private Dict(SequencedMap<Object, Entry> entries) {
    this.entries = entries;
  }

  public static Dict of(Collection<Entry> entries) {
    var map = new LinkedHashMap<Object, Entry>();
    for (var entry : entries) {
      put(map, entry.key(), entry.value());
    }
    return new Dict(map);
  }

  /// With strings as keys.
  public static Dict of(Map<String, ? extends Obj> entries) {
    return of(
        entries.entrySet().stream()
            .map(entry -> new Entry(new Obj.Str(entry.getKey()), entry.getValue()))
            .toList());
  }

  /// This one with the entries of another put over it.
  public Dict with(Dict other) {
    var map = new LinkedHashMap<>(entries);
    other.entries.values().forEach(entry -> put(map, entry.key(), entry.value()));
    return new Dict(map);
  }

  private static void put(Map<Object, Entry> map, Obj key, Obj value) {
    map.merge(
        Equality.hashKey(key),
        new Entry(key, value),
        (old, fresh) -> new Entry(old.key(), fresh.value()));
  }

  @Override
  public Optional<Obj> get(Obj key) {
    return Optional.ofNullable(entries.get(Equality.hashKey(key))).map(Entry::value);
  }

  @Override
  public List<Obj> keys() {
    return entries.values().stream().map(Entry::key).toList();
  }

  @Override
  public int size() {
    return entries.size();
  }

  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }
}
