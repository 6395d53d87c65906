package dev.earshot.jinja.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The arguments of a call. A callee takes the parameters it knows, in order, and then says {@link
/// #end}, so that none goes unnoticed.
public final class Arguments {

  private final List<Obj> positional;
  private final Map<String, Obj> named;
  private final Set<String> taken = new HashSet<>();
  private int next;

  public Arguments(List<Obj> positional, Map<String, Obj> named) {
    this.positional = positional;
    this.named = named;
  }

  public static Arguments of(Obj... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  /// The next parameter.
  public Optional<Obj> take(String name) {
    boolean given = named.containsKey(name);
    if (next < positional.size()) {
      if (given) {
        throw new Failure("the argument " + name + " is given twice");
      }
      return Optional.of(positional.get(next++));
    }
    next = positional.size();
    return takeNamed(name);
  }

  /// A parameter that has no position.
  public Optional<Obj> takeNamed(String name) {
    taken.add(name);
    return Optional.ofNullable(named.get(name));
  }

  public Obj need(String name) {
    return take(name).orElseThrow(() -> new Failure("the argument " + name + " is missing"));
  }

  public Obj take(String name, Obj otherwise) {
    return take(name).orElse(otherwise);
  }

  public String needText(String name) {
    return text(name, need(name));
  }

  public String takeText(String name, String otherwise) {
    return take(name).map(given -> text(name, given)).orElse(otherwise);
  }

  private static String text(String name, Obj given) {
    return switch (given) {
      case Obj.Str str -> str.text();
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("the argument " + name + " must be a string");
    };
  }

  public boolean takeTruth(String name, boolean otherwise) {
    return take(name).map(Numbers::isTrue).orElse(otherwise);
  }

  /// All positional arguments that are left.
  public List<Obj> rest() {
    var rest =
        new ArrayList<>(positional.subList(Math.min(next, positional.size()), positional.size()));
    next = positional.size();
    return rest;
  }

  /// All named arguments that are left.
  public Map<String, Obj> named() {
    taken.addAll(named.keySet());
    return named;
  }

  /// No more parameters.
  public void end() {
    if (next < positional.size()) {
      throw new Failure("it has too many arguments");
    }
    named.keySet().stream()
        .filter(name -> !taken.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new Failure("the argument " + name + " is unknown or not supported");
        });
  }
}
