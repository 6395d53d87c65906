package dev.earshot.connection;

import dev.earshot.become.Become;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.OptionsForPrivileges;
import dev.earshot.ssh.Secret;
import java.util.Optional;

/// Whom to become on a host, as Ansible's `become` plugins read it.
record BecomeSettings(HostVariables host, CommandLine given, AnsibleConfig config) {

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
    OptionsForPrivileges.Plugin plugin =
        switch (method) {
          case SUDO -> OptionsForPrivileges.SUDO;
          case SU -> OptionsForPrivileges.SU;
          case DOAS -> OptionsForPrivileges.DOAS;
        };
    return new Become(
        method,
        user(plugin),
        Optional.of(variable("exe", plugin).orElseGet(() -> config.get(plugin.executable())))
            .filter(text -> !text.isEmpty())
            .orElse(plugin.name()),
        variable("flags", plugin).orElseGet(() -> config.get(plugin.flags())),
        password(plugin));
  }

  /// Where it is empty, none is named to the program, which then takes root.
  private String user(OptionsForPrivileges.Plugin plugin) {
    return variable("user", plugin)
        .or(given::becomeUser)
        .or(() -> config.get(plugin.user()))
        .filter(name -> !name.isEmpty())
        .orElse("root");
  }

  /// The plugin's own name for a variable is stronger than the common one, and what is empty
  /// counts, too.
  private Optional<String> variable(String what, OptionsForPrivileges.Plugin plugin) {
    return host.written("ansible_become_" + what, "ansible_%s_%s".formatted(plugin.name(), what));
  }

  private Optional<Secret> password(OptionsForPrivileges.Plugin plugin) {
    return host.text(
            "ansible_become_password",
            "ansible_become_pass",
            "ansible_%s_pass".formatted(plugin.name()))
        .filter(text -> !text.isEmpty())
        .map(Secret::new)
        .or(given::becomePassword)
        .or(() -> config.get(plugin.password()).filter(text -> !text.isEmpty()).map(Secret::new));
  }
}
