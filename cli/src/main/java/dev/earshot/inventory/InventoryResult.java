package dev.earshot.inventory;

import java.util.List;

/// What the sources hold, and everything that is wrong with them. With errors the inventory holds
/// what could be read all the same, good for suggestions but not for work.
public record InventoryResult(Inventory inventory, List<Problem> problems) {

  public InventoryResult {
    problems = List.copyOf(problems);
  }

  /// True if a source can't be used as it is.
  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }
}
