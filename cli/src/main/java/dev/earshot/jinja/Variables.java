package dev.earshot.jinja;

import dev.earshot.jinja.runtime.Budget;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Finds what names mean in a scope, and renders the templates that variables contain.
final class Variables {

  /// What Ansible itself says about the inventory; it holds no templates, and may be long.
  private static final Set<String> PLAIN = Set.of("groups", "group_names", "inventory_hostname");

  private static final String HOSTVARS = "hostvars";

  private final Scope scope;
  private final Rendering rendering;
  private final Budget budget;
  private final boolean hostvars;
  private final Map<String, Obj> known = new HashMap<>();
  private final Set<String> inProgress = new HashSet<>();

  Variables(Scope scope, Rendering rendering, Budget budget, boolean hostvars) {
    this.scope = scope;
    this.rendering = rendering;
    this.budget = budget;
    this.hostvars = hostvars;
  }

  /// What a name stands for; undefined if nothing.
  Obj find(String name) {
    var found = known.get(name);
    if (found == null) {
      found = resolve(name);
      known.put(name, found);
    }
    return found;
  }

  private Obj resolve(String name) {
    if (name.equals("self")) {
      throw new Failure("self is Jinja2's own name, and not supported");
    }
    var raw = scope.variable(name);
    if (raw.isPresent() && PLAIN.contains(name)) {
      return Values.plain(raw.get());
    }
    if (raw.isPresent()) {
      return rendered(name, () -> rendering.object(raw.get()));
    }
    if (name.equals(HOSTVARS) && hostvars) {
      return new HostVars(scope, budget);
    }
    return Globals.find(name, scope, budget)
        .orElseGet(() -> new Obj.Undefined("'" + name + "' is undefined"));
  }

  private Obj rendered(String name, Supplier<Obj> work) {
    if (!inProgress.add(name)) {
      throw new Failure("'" + name + "' is recursive: its value leads back to it");
    }
    budget.enter();
    try {
      var object = work.get();
      return object instanceof Obj.Undefined locked
          ? new Obj.Undefined("'" + name + "' can't be read: " + locked.message(), false)
          : object;
    } catch (Failure.OfUndefined e) {
      return new Obj.Undefined(e.getMessage() + ", which '" + name + "' needs");
    } finally {
      budget.leave();
      inProgress.remove(name);
    }
  }

  /// As {@link #find}, but only the scope's own variables.
  Optional<Obj> variable(String name) {
    return scope.variable(name).map(_ -> find(name));
  }
}
