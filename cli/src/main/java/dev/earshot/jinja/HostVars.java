package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `hostvars`: looks at another host's variables when one of them is asked for.
final class HostVars implements Obj.LazyMapping {

  private final Scope scope;
  private final Budget budget;
  private final Map<String, Optional<Obj>> known = new HashMap<>();

  HostVars(Scope scope, Budget budget) {
    this.scope = scope;
    this.budget = budget;
  }

  @Override
  public Optional<Obj> get(Obj key) {
    return switch (key) {
      case Obj.Str(var name, _, _) ->
          known.computeIfAbsent(
              name, _ -> scope.host(name).map(host -> new OfHost(name, host, budget)));
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> Optional.empty();
    };
  }

  @Override
  public List<Obj> keys() {
    return texts(scope.hosts(), budget);
  }

  @Override
  public int size() {
    return scope.hosts().size();
  }

  @Override
  public String toString() {
    return "hostvars";
  }

  private static List<Obj> texts(Collection<String> names, Budget budget) {
    budget.steps(names.size());
    return names.stream().<Obj>map(Obj.Str::new).toList();
  }

  /// The variables of one host, each rendered in that host's own scope.
  private static final class OfHost implements Obj.LazyMapping {

    private final String name;
    private final Scope scope;
    private final Budget budget;
    private final Variables variables;

    OfHost(String name, Scope scope, Budget budget) {
      this.name = name;
      this.scope = scope;
      this.budget = budget;
      this.variables = new Rendering(scope, budget, false).variables();
    }

    /// Where something is undefined, Ansible hands out the template itself, which is of use to
    /// nobody.
    @Override
    public Optional<Obj> get(Obj key) {
      if (key instanceof Obj.Undefined undefined) {
        throw undefined.failure();
      }
      var found =
          key instanceof Obj.Str str ? variables.variable(str.text()) : Optional.<Obj>empty();
      if (found.isPresent()
          && found.get() instanceof Obj.Undefined undefined
          && undefined.missing()) {
        throw new Failure(undefined.message() + " of '" + name + "'");
      }
      return found;
    }

    @Override
    public List<Obj> keys() {
      return texts(scope.names(), budget);
    }

    @Override
    public int size() {
      return scope.names().size();
    }

    @Override
    public String toString() {
      return "hostvars of " + name;
    }
  }
}
