package dev.earshot.config;

import dev.earshot.inventory.Location;

/// Who set the value of an option.
public sealed interface Origin {

  /// A variable of the environment.
  record Environment(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /// A line of `ansible.cfg`.
  record File(Location where) implements Origin {
    @Override
    public String toString() {
      return where.toString();
    }
  }

  /// Nobody.
  enum Default implements Origin {
    DEFAULT;

    @Override
    public String toString() {
      return "default";
    }
  }
}
