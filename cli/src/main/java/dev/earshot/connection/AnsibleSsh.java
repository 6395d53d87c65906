package dev.earshot.connection;

import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.OptionsForConnections;
import dev.earshot.python.ShellWords;
import dev.earshot.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Ansible's `ssh` connection plugin has for one host, or what `ssh` needs to do as paramiko
/// would.
///
/// @param address the host's name or address, as it is given to `ssh`
/// @param arguments those given to `ssh` before the address, in Ansible's order, which matters: of
///   an option that comes twice, the first one counts
/// @param retries of connections that fail
record AnsibleSsh(String address, List<String> arguments, Optional<Secret> password, int retries) {

  /// Without a password, Ansible forbids `ssh` to ask for one.
  private static final List<String> NO_PASSWORD =
      List.of(
          "-o",
          "KbdInteractiveAuthentication=no",
          "-o",
          "PreferredAuthentications=gssapi-with-mic,gssapi-keyex,hostbased,publickey",
          "-o",
          "PasswordAuthentication=no");

  /// Variables over the command line over environment and `ansible.cfg`.
  static AnsibleSsh of(HostVariables host, Plugin plugin, CommandLine given, AnsibleConfig config) {
    Optional<Secret> password =
        host.written(plugin.names("ansible_password", "pass", "password"))
            .map(Secret::new)
            .or(given::password)
            .filter(secret -> !secret.text().isEmpty());
    List<String> arguments = new ArrayList<>();
    if (plugin == Plugin.PARAMIKO) {
      host.text("ansible_paramiko_proxy_command")
          .filter(command -> !command.isEmpty())
          .ifPresent(command -> option(arguments, "ProxyCommand", command));
    }
    arguments.addAll(
        words(
            host,
            "ansible_ssh_args",
            host.written("ansible_ssh_args")
                .orElseGet(() -> config.get(OptionsForConnections.SSH_ARGS))));
    boolean checksHostKeys =
        host.bool(plugin.names("ansible_host_key_checking", "host_key_checking"))
            .orElseGet(() -> config.get(OptionsForConnections.HOST_KEY_CHECKING));
    if (!checksHostKeys) {
      option(arguments, "StrictHostKeyChecking", "no");
    }
    host.port(plugin.names("ansible_port", "port"))
        .or(() -> config.get(OptionsForConnections.REMOTE_PORT))
        .ifPresent(port -> option(arguments, "Port", port.toString()));
    host.written(plugin.names("ansible_private_key_file", "private_key_file"))
        .or(() -> given.privateKey().map(Object::toString))
        .or(() -> config.get(OptionsForConnections.PRIVATE_KEY_FILE).map(Object::toString))
        .filter(key -> !key.isEmpty())
        .ifPresent(key -> option(arguments, "IdentityFile", quoted(key)));
    if (password.isEmpty()) {
      arguments.addAll(NO_PASSWORD);
    }
    host.written(plugin.names("ansible_user", "user"))
        .or(given::user)
        .or(() -> config.get(OptionsForConnections.REMOTE_USER))
        .filter(user -> !user.isEmpty())
        .ifPresent(user -> option(arguments, "User", quoted(user)));
    int timeout =
        host.count(plugin.names("ansible_timeout", "timeout"))
            .or(given::timeoutSeconds)
            .orElseGet(() -> config.get(OptionsForConnections.TIMEOUT));
    option(arguments, "ConnectTimeout", Integer.toString(timeout));
    arguments.addAll(
        words(
            host,
            "ansible_ssh_common_args",
            host.written("ansible_ssh_common_args")
                .or(given::commonArguments)
                .orElseGet(() -> config.get(OptionsForConnections.SSH_COMMON_ARGS))));
    arguments.addAll(
        words(
            host,
            "ansible_ssh_extra_args",
            host.written("ansible_ssh_extra_args")
                .or(given::extraArguments)
                .orElseGet(() -> config.get(OptionsForConnections.SSH_EXTRA_ARGS))));
    String executable =
        host.text("ansible_ssh_executable")
            .orElseGet(() -> config.get(OptionsForConnections.SSH_EXECUTABLE));
    // people put passwords for sshpass into it
    if (!executable.matches("(.*/)?ssh")) {
      host.note(
          "ansible_ssh_executable is %s, which is not run: Earshot speaks SSH itself"
              .formatted(executable.strip().split("[\\s=]", 2)[0]),
          "what it does for the connection has to stand in ssh_config, too");
    }
    return new AnsibleSsh(
        address(host, plugin),
        List.copyOf(arguments),
        password,
        host.count("ansible_ssh_retries")
            .orElseGet(() -> config.get(OptionsForConnections.RETRIES)));
  }

  /// The host's name or address, as the plugin finds it.
  static String address(HostVariables host, Plugin plugin) {
    return host.text(plugin.names("ansible_host", "host")).orElseGet(() -> host.host().name());
  }

  private static void option(List<String> arguments, String name, String value) {
    arguments.add("-o");
    arguments.add(name + "=" + value);
  }

  /// As Ansible quotes it, for `ssh` to take apart again.
  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  private static List<String> words(HostVariables host, String name, String text) {
    try {
      return ShellWords.splitAll(text);
    } catch (ShellWords.Unbalanced unbalanced) {
      host.complainOf(
          List.of(name),
          "%s can't be split into words: %s".formatted(name, unbalanced.getMessage()),
          "close the quote");
      return List.of();
    }
  }

  /// The arguments may hold what people take for harmless and isn't.
  @Override
  public String toString() {
    return "AnsibleSsh[" + address + "]";
  }
}
