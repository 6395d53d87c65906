package dev.earshot.history;

/// What tells whether two runs were of the same hosts: only such are compared.
///
/// @param name the sources' paths, or what the user calls them
/// @param limit as given; empty for all hosts
public record Inventory(String name, String limit) {

  /// As people read it.
  public String label() {
    return limit.isEmpty() ? name : name + " limited to " + limit;
  }
}
