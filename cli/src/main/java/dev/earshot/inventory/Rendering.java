package dev.earshot.inventory;

import dev.earshot.python.Value;

/// Makes of a variable as it is written the value that counts for a host: evaluates templates,
/// opens what is encrypted.
@FunctionalInterface
public interface Rendering {

  /// What became of a variable.
  sealed interface Outcome {

    /// The value; nothing in it is a template any more. Its text form leaves the value out.
    record Rendered(Value value) implements Outcome {
      @Override
      public String toString() {
        return "Rendered[]";
      }
    }

    /// It has no value that could be trusted.
    record Failed(Problem problem) implements Outcome {}
  }

  Outcome render(Host host, String name, Variable variable);

  /// Takes values as they are written; a template is a problem.
  static Rendering none() {
    return (_, name, variable) ->
        variable.isTemplate()
            ? new Outcome.Failed(
                Problem.error(
                    variable.origin(),
                    name + " is a template, and templates are not evaluated here",
                    "write the value itself"))
            : new Outcome.Rendered(variable.value());
  }
}
