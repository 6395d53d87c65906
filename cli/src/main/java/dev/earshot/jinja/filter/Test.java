package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Obj;

/// What stands behind an `is`.
@FunctionalInterface
interface Test {

  /// Takes its parameters from the arguments; whoever calls it sees to it that none is left.
  boolean holds(Obj value, Arguments arguments, Environment environment);
}
