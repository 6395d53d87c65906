package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Obj;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that a template set itself. The body of a loop has a frame of its own.
final class Frame {

  private final @Nullable Frame outer;
  private final Map<String, Obj> names = new HashMap<>();

  Frame(@Nullable Frame outer) {
    this.outer = outer;
  }

  void set(String name, Obj object) {
    names.put(name, object);
  }

  Optional<Obj> find(String name) {
    var found = names.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    return outer == null ? Optional.empty() : outer.find(name);
  }
}
