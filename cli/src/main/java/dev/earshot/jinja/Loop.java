package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.util.List;
import java.util.Optional;

/// `loop` in the body of a `{% for %}`.
record Loop(List<Obj> items, int index) implements Obj.WithAttributes {

  @Override
  public Optional<Obj> attribute(String name) {
    return Optional.of(
        switch (name) {
          case "index" -> new Obj.Int(index + 1);
          case "index0" -> new Obj.Int(index);
          case "revindex" -> new Obj.Int(items.size() - index);
          case "revindex0" -> new Obj.Int(items.size() - index - 1);
          case "first" -> Obj.Bool.of(index == 0);
          case "last" -> Obj.Bool.of(index == items.size() - 1);
          case "length" -> new Obj.Int(items.size());
          case "previtem" -> neighbour(index - 1, "there is no previous item");
          case "nextitem" -> neighbour(index + 1, "there is no next item");
          default -> throw new Failure("loop." + name + " is not supported");
        });
  }

  private Obj neighbour(int at, String message) {
    return at >= 0 && at < items.size() ? items.get(at) : new Obj.Undefined(message);
  }
}
