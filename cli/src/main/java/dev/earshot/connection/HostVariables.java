package dev.earshot.connection;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostSettings;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Setting;
import java.util.List;
import java.util.Optional;

/// Reads a host's variables, evaluated, and notes what is wrong with them.
///
/// @param problems gets what is wrong
public record HostVariables(Host host, HostSettings settings, List<Problem> problems) {

  /// The last of these variables that is set: Ansible's aliases in rising order of strength.
  public Optional<String> text(String... names) {
    return noted(settings.text(names));
  }

  /// As [#text], but nothing is a value, too: it keeps weaker ones from counting.
  Optional<String> written(String... names) {
    for (int i = names.length - 1; i >= 0; i--) {
      if (host.variable(names[i]).isPresent()) {
        return Optional.of(text(names[i]).orElse(""));
      }
    }
    return Optional.empty();
  }

  Optional<Integer> port(String... names) {
    return noted(settings.port(names));
  }

  Optional<Integer> count(String... names) {
    return noted(settings.number(0, 86_400, names));
  }

  Optional<Boolean> bool(String... names) {
    return noted(settings.bool(names));
  }

  /// Notes that the host can't be reached as its variables are.
  void complain(String message, String advice) {
    problems.add(
        Problem.error(
            host.declared(),
            "%s can't be connected to: %s".formatted(host.name(), message),
            advice));
  }

  private <T> Optional<T> noted(Setting<T> setting) {
    setting.complaint().ifPresent(problems::add);
    return setting.asOptional();
  }
}
