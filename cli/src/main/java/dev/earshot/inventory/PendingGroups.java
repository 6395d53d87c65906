package dev.earshot.inventory;

import dev.earshot.text.NearNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The groups that an INI file uses before it declares them: as children, or to give them
/// variables. A child joins its parents only when its own section comes, which fixes the order of
/// the children.
final class PendingGroups {

  private record Use(String parent, Location where) {}

  private final InventoryData data;
  private final LinkedHashMap<String, List<Use>> children = new LinkedHashMap<>();
  private final LinkedHashMap<String, Location> variables = new LinkedHashMap<>();

  PendingGroups(InventoryData data) {
    this.data = data;
  }

  void usedAsChild(String child, String parent, Location where) {
    children.computeIfAbsent(child, _ -> new ArrayList<>()).add(new Use(parent, where));
  }

  /// To be called before the group is added to the data.
  void usedByVars(String group, Location where) {
    if (!data.hasGroup(group) && !children.containsKey(group)) {
      variables.put(group, where);
    }
  }

  /// The group has a section of its own and is in the data: it joins the parents that wait for it.
  void declared(String group) {
    variables.remove(group);
    var uses = children.remove(group);
    if (uses != null) {
      uses.forEach(use -> data.addChild(use.parent(), group, use.where()));
    }
  }

  /// Reports every group that was used and never declared.
  void report() {
    children.forEach((child, uses) -> {
      for (var use : uses) {
        data.problems()
            .error(
                use.where(),
                "[%s:children] names group %s, which is not declared"
                    .formatted(use.parent(), child),
                "add a section [%s], or fix the name".formatted(child)
                    + NearNames.didYouMean(child, data.groups().keySet()));
      }
    });
    variables.forEach((group, where) ->
        data.problems()
            .error(
                where,
                "[%1$s:vars] is for group %1$s, which is not declared".formatted(group),
                "add a section [%s], or fix the name".formatted(group)
                    + NearNames.didYouMean(group, data.groups().keySet())));
  }
}
