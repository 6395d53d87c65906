package dev.earshot.cli;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.NearNames;
import dev.earshot.inventory.listing.Explanation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what `--explain HOST[.VAR]` means: names of hosts have dots in them, too.
final class WhereFrom {

  private WhereFrom() {}

  static List<String> explain(String text, Inventory inventory) {
    Optional<Host> whole = host(text, inventory);
    if (whole.isPresent()) {
      return Explanation.of(inventory, whole.get());
    }
    for (int dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
      Optional<Host> host = host(text.substring(0, dot), inventory);
      if (host.isPresent()) {
        return variable(host.get(), text.substring(dot + 1), inventory);
      }
    }
    throw new Refusal(
        2,
        "there is no host %s%s"
            .formatted(text, NearNames.didYouMean(text, inventory.hostsByName().keySet())));
  }

  private static List<String> variable(Host host, String name, Inventory inventory) {
    List<String> lines = Explanation.of(inventory, host, name);
    if (lines.isEmpty()) {
      Set<String> known = new HashSet<>(host.variables().keySet());
      known.addAll(inventory.magicVariables(host).keySet());
      throw new Refusal(
          2,
          "nothing sets %s for %s%s"
              .formatted(name, host.name(), NearNames.didYouMean(name, known)));
    }
    return lines;
  }

  private static Optional<Host> host(String name, Inventory inventory) {
    return inventory.host(name).or(() -> inventory.localhost(name));
  }
}
