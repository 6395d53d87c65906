package dev.earshot.jinja.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `object.name` and `object[key]`: each falls back to the other, as in Jinja2.
public final class Lookup {

  private final Budget budget;

  public Lookup(Budget budget) {
    this.budget = budget;
  }

  /// Prefers the attribute: `mapping.items` is the method even if there is such a key.
  public Obj attribute(Obj object, String name) {
    if (object instanceof Obj.Undefined) {
      return object;
    }
    return method(object, name)
        .or(() -> byKey(object, new Obj.Str(name)))
        .orElseGet(() -> missing(object, " has no attribute '" + name + "'"));
  }

  /// Prefers the item.
  public Obj item(Obj object, Obj key) {
    if (object instanceof Obj.Undefined) {
      return object;
    }
    return byKey(object, key)
        .or(() -> key instanceof Obj.Str name ? method(object, name.text()) : Optional.empty())
        .orElseGet(() -> missing(object, " has no such element"));
  }

  /// As {@link #item}, for a key that stands in the template, which a message may show.
  public Obj literalItem(Obj object, Obj key) {
    var found = item(object, key);
    return found instanceof Obj.Undefined && !(object instanceof Obj.Undefined)
        ? missing(object, " has no element " + Text.repr(key, budget))
        : found;
  }

  private static Obj missing(Obj object, String what) {
    var type = object instanceof Obj.LazyMapping lazy ? lazy.toString() : object.type() + " object";
    return new Obj.Undefined("'" + type + "'" + what);
  }

  private Optional<Obj> method(Obj object, String name) {
    if (name.startsWith("__")) {
      throw new Failure("the attribute " + name + " is not supported");
    }
    if (object instanceof Obj.WithAttributes attributes) {
      return attributes.attribute(name);
    }
    var method = Methods.find(object, name, budget);
    if (method.isEmpty() && PythonAttributes.has(object, name)) {
      throw new Failure("the method " + name + " of a " + object.type() + " is not supported");
    }
    return method;
  }

  private static Optional<Obj> byKey(Obj object, Obj key) {
    return switch (object) {
      case Obj.Mapping mapping -> mapping.get(key);
      case Obj.Str str ->
          position(key, str.text().codePointCount(0, str.text().length()))
              .map(index -> new Obj.Str(Slices.character(str.text(), index)));
      case Obj.View _ -> Optional.empty();
      case Obj.Items items -> position(key, items.items().size()).map(items.items()::get);
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> position(Obj key, int size) {
    if (key instanceof Obj.Undefined || Numbers.whole(key).isEmpty()) {
      return Optional.empty();
    }
    int index = Numbers.index(key);
    int position = index < 0 ? index + size : index;
    return position < 0 || position >= size ? Optional.empty() : Optional.of(position);
  }

  /// Follows a path such as `address.0.port`, as filters take it in their `attribute`.
  public Obj path(Obj object, Obj path) {
    var result = object;
    for (var part : parts(path)) {
      result = literalItem(result, part);
    }
    return result;
  }

  private static List<Obj> parts(Obj path) {
    if (!(path instanceof Obj.Str str)) {
      return List.of(path);
    }
    var parts = new ArrayList<Obj>();
    for (var part : str.text().split("\\.", -1)) {
      parts.add(
          part.matches("[0-9]{1,9}") ? new Obj.Int(Integer.parseInt(part)) : new Obj.Str(part));
    }
    return parts;
  }
}
