package dev.earshot.cli;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostPattern;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `ansible PATTERN --list-hosts` prints.
record HostNames(Inventory inventory, InventoryOptions options, Terminal terminal) {

  private static final Set<String> LOCALHOST = Set.of("127.0.0.1", "localhost", "::1");

  /// Without a limit, a pattern that can't be used or chooses nothing is only warned of.
  void list(String pattern, Destination destination) {
    List<Problem> problems = new ArrayList<>();
    Optional<HostPattern> limit = options.limit(problems);
    refuse(problems);
    Selection chosen = HostPattern.parse(pattern).match(inventory, options.mismatch());
    Selection selection =
        limit
            .map(each -> chosen.limitedTo(each.match(inventory, options.mismatch())))
            .orElse(chosen);
    if (limit.isPresent()) {
      refuse(selection.problems());
    }
    selection.problems().forEach(problem -> terminal.progress("warning: " + problem));
    boolean unusable = selection.problems().stream().anyMatch(Problem::isError);
    List<String> names = unusable ? List.of() : names(selection, pattern);
    if (names.isEmpty()) {
      if (limit.isPresent()) {
        throw new Refusal(1, "inventory, pattern and --limit leave no host");
      }
      terminal.progress("warning: no host is chosen");
    }
    destination.write(
        true,
        out -> {
          out.write("  hosts (%d):".formatted(names.size()));
          for (String name : names) {
            out.write("\n    " + name);
          }
        });
  }

  /// This machine is always there for its own names.
  private static List<String> names(Selection selection, String pattern) {
    List<String> names = selection.hosts().stream().map(Host::name).toList();
    return names.isEmpty() && LOCALHOST.contains(pattern) ? List.of(pattern) : names;
  }

  private static void refuse(List<Problem> problems) {
    List<String> errors =
        problems.stream().filter(Problem::isError).map(Problem::toString).toList();
    if (!errors.isEmpty()) {
      throw new Refusal(1, errors);
    }
  }
}
