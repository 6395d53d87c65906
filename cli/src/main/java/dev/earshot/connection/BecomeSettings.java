package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Option;
import dev.earshot.config.OptionsForPrivileges;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom to become on a host, as Ansible's `become` plugins read it.
record BecomeSettings(
    HostVariables host, CommandLine given, AnsibleConfig config, Surroundings surroundings) {

  /// What the variables come to.
  sealed interface Outcome {

    /// The one who logs in stays who it is.
    record Nobody() implements Outcome {}

    record Somebody(Become become) implements Outcome {}

    /// By a method that Earshot doesn't speak.
    record NotSpoken(String method) implements Outcome {}
  }

  Outcome read() {
    boolean wanted =
        host.bool("ansible_become")
            .orElseGet(() -> given.become() || config.get(OptionsForPrivileges.BECOME));
    if (!wanted) {
      return new Outcome.Nobody();
    }
    String name =
        host.text("ansible_become_method")
            .or(given::becomeMethod)
            .orElseGet(() -> config.get(OptionsForPrivileges.BECOME_METHOD));
    return Become.Method.of(name)
        .<Outcome>map(method -> new Outcome.Somebody(by(method)))
        .orElseGet(() -> new Outcome.NotSpoken(name));
  }

  private Become by(Become.Method method) {
    return switch (method) {
      case SUDO ->
          become(
              method,
              "sudo",
              OptionsForPrivileges.SUDO_USER,
              OptionsForPrivileges.SUDO_EXE,
              OptionsForPrivileges.SUDO_FLAGS);
      case SU ->
          become(
              method,
              "su",
              OptionsForPrivileges.SU_USER,
              OptionsForPrivileges.SU_EXE,
              OptionsForPrivileges.SU_FLAGS);
      case DOAS ->
          new Become(
              method,
              user("doas", OptionsForPrivileges.BECOME_USER),
              variable("exe", "doas")
                  .or(() -> config.get(OptionsForPrivileges.BECOME_EXE))
                  .filter(executable -> !executable.isEmpty())
                  .orElse(method.executable()),
              variable("flags", "doas")
                  .or(() -> config.get(OptionsForPrivileges.BECOME_FLAGS))
                  .orElse(method.flags()),
              password("doas"));
    };
  }

  private Become become(
      Become.Method method,
      String plugin,
      Option<String> user,
      Option<String> executable,
      Option<String> flags) {
    return new Become(
        method,
        user(plugin, user),
        Optional.of(variable("exe", plugin).orElseGet(() -> config.get(executable)))
            .filter(text -> !text.isEmpty())
            .orElse(method.executable()),
        variable("flags", plugin).orElseGet(() -> config.get(flags)),
        password(plugin));
  }

  /// Where it is empty, none is named to the program, which then takes root.
  private String user(String plugin, Option<String> configured) {
    return variable("user", plugin)
        .or(given::becomeUser)
        .or(() -> Optional.of(config.get(configured)))
        .filter(name -> !name.isEmpty())
        .orElse("root");
  }

  /// The plugin's own name for a variable is stronger than the common one, and what is empty
  /// counts, too.
  private Optional<String> variable(String what, String plugin) {
    return host.written("ansible_become_" + what, "ansible_%s_%s".formatted(plugin, what));
  }

  private Optional<Secret> password(String plugin) {
    Map<String, String> environment = surroundings.environment();
    return host.text(
            "ansible_become_password", "ansible_become_pass", "ansible_%s_pass".formatted(plugin))
        .filter(text -> !text.isEmpty())
        .map(Secret::new)
        .or(given::becomePassword)
        .or(() ->
            Stream.of(
                    "ANSIBLE_%s_PASS".formatted(plugin.toUpperCase(Locale.ROOT)),
                    "ANSIBLE_BECOME_PASS")
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .findFirst()
                .map(Secret::new));
  }
}
