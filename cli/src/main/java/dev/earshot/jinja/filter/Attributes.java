package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Strings;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What filters compare or print of each item: an attribute of it, and perhaps without case.
final class Attributes {

  private Attributes() {}

  static UnaryOperator<Obj> key(Optional<Obj> attribute, boolean caseSensitive, Environment env) {
    UnaryOperator<Obj> getter = getter(attribute, env);
    return caseSensitive ? getter : item -> lower(getter.apply(item));
  }

  static UnaryOperator<Obj> getter(Optional<Obj> attribute, Environment env) {
    var path = attribute.filter(given -> !(given instanceof Obj.None));
    return path.<UnaryOperator<Obj>>map(each -> item -> env.lookup().path(item, each))
        .orElse(item -> item);
  }

  static Obj lower(Obj object) {
    return object instanceof Obj.Str(var text, _, _) ? new Obj.Str(Strings.lower(text)) : object;
  }
}
