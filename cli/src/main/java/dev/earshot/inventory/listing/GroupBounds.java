package dev.earshot.inventory.listing;

import dev.earshot.inventory.Group;
import dev.earshot.inventory.Inventory;
import java.util.Comparator;
import java.util.HashMap;

/// Keeps what repeats a group below each of its parents from growing without end: fifty groups can
/// have as many ways through them as there are grains of sand.
final class GroupBounds {

  private static final long MOST = 200_000;
  private static final int DEEPEST = 500;

  private GroupBounds() {}

  static void check(Inventory inventory) {
    var ways = new HashMap<String, Long>();
    long total = 0;
    for (var group :
        inventory.groups().stream().sorted(Comparator.comparingInt(Group::depth)).toList()) {
      long own =
          group.name().equals(Group.ALL)
              ? 1
              : group.parents().stream().mapToLong(name -> ways.getOrDefault(name, 0L)).sum();
      ways.put(group.name(), own);
      total += own;
      if (total > MOST) {
        throw new UnlistableException(
            "with each group below each of its parents, the inventory has more than %,d groups"
                .formatted(MOST));
      }
      if (group.depth() > DEEPEST) {
        throw new UnlistableException(
            "group %s stands deeper than %d levels".formatted(group.name(), DEEPEST));
      }
    }
  }
}
