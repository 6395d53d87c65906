package dev.earshot.cli;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Configured;
import dev.earshot.config.Option;
import dev.earshot.connection.VariableNames;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Inventory;
import dev.earshot.inventory.listing.Explanation;
import dev.earshot.text.NearNames;
import dev.earshot.text.Printable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what `--explain HOST[.VAR]` means: names of hosts have dots in them, too.
final class WhereFrom {

  private WhereFrom() {}

  /// @param config says what counts for a connection where the inventory says nothing
  static List<String> explain(String text, Inventory inventory, AnsibleConfig config) {
    Optional<Host> whole = host(text, inventory);
    if (whole.isPresent()) {
      return Explanation.of(inventory, whole.get());
    }
    for (int dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
      Optional<Host> host = host(text.substring(0, dot), inventory);
      if (host.isPresent()) {
        return variable(host.get(), text.substring(dot + 1), inventory, config);
      }
    }
    throw new Refusal(
        2,
        "there is no host %s%s"
            .formatted(text, NearNames.didYouMean(text, inventory.hostsByName().keySet())));
  }

  private static List<String> variable(
      Host host, String name, Inventory inventory, AnsibleConfig config) {
    List<String> lines = Explanation.of(inventory, host, name);
    if (lines.isEmpty()) {
      Optional<Option<?>> option = VariableNames.option(name);
      if (option.isPresent()) {
        return unset(host, name, option.get(), config);
      }
      Set<String> known = new HashSet<>(host.variables().keySet());
      known.addAll(inventory.magicVariables(host).keySet());
      throw new Refusal(
          2,
          "nothing sets %s for %s%s"
              .formatted(name, host.name(), NearNames.didYouMean(name, known)));
    }
    return lines;
  }

  private static List<String> unset(
      Host host, String name, Option<?> option, AnsibleConfig config) {
    Configured<?> configured = config.find(option);
    String value =
        configured.value() instanceof Optional<?> optional
            ? optional.map(Object::toString).orElse("nothing")
            : String.valueOf(configured.value());
    return List.of(
        "nothing in the inventory sets %s for %s".formatted(name, host.name()),
        Printable.of(
            "    %s (%s of Ansible's configuration) = %s"
                .formatted(configured.origin(), option.id(), value)));
  }

  private static Optional<Host> host(String name, Inventory inventory) {
    return inventory.host(name).or(() -> inventory.localhost(name));
  }
}
