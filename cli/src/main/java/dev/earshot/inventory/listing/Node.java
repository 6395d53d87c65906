package dev.earshot.inventory.listing;

import dev.earshot.python.Value;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// A document to write. What stands below a name is made when it is written, so that a large
/// inventory is never in memory as a whole.
sealed interface Node {

  /// A value of a variable, or a list of names.
  record Leaf(Value value) implements Node {
    @Override
    public String toString() {
      return "Leaf[]";
    }
  }

  /// Named parts, in the order in which Ansible would put them into a dictionary.
  record Branch(SequencedMap<String, Supplier<Node>> entries) implements Node {

    static Branch empty() {
      return new Branch(new LinkedHashMap<>());
    }

    /// Adds a part, unless it is a branch or a list with nothing in it.
    void addUnlessEmpty(String name, Node part) {
      boolean empty =
          switch (part) {
            case Branch(var below) -> below.isEmpty();
            case Leaf(var value) -> !value.isTruthy();
          };
      if (!empty) {
        entries.put(name, () -> part);
      }
    }
  }
}
