package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Obj;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What `namespace()` returns: its attributes can be set from within loops.
final class Namespace implements Obj.WithAttributes {

  private final Map<String, Obj> attributes;

  Namespace(Map<String, Obj> attributes) {
    this.attributes = new HashMap<>(attributes);
  }

  void set(String name, Obj object) {
    attributes.put(name, object);
  }

  @Override
  public Optional<Obj> attribute(String name) {
    return Optional.of(
        attributes.getOrDefault(
            name, new Obj.Undefined("the namespace has no attribute '" + name + "'")));
  }
}
