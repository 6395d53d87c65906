package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Obj;

/// What stands behind a `|`.
@FunctionalInterface
interface Filter {

  /// Takes its parameters from the arguments; whoever calls it sees to it that none is left.
  Obj apply(Obj value, Arguments arguments, Environment environment);
}
