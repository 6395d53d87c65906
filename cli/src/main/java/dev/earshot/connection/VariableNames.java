package dev.earshot.connection;

import static java.util.stream.Collectors.joining;

import dev.earshot.config.Option;
import dev.earshot.config.OptionsForConnections;
import dev.earshot.config.OptionsForPrivileges;
import dev.earshot.inventory.Host;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Variable;
import dev.earshot.text.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The variables that say how to get to a host: Ansible's, and those of Earshot's own.
public final class VariableNames {

  /// What counts where the variable is not set.
  private static final Map<String, Option<?>> OPTIONS =
      Map.ofEntries(
          Map.entry("ansible_connection", OptionsForConnections.TRANSPORT),
          Map.entry("ansible_user", OptionsForConnections.REMOTE_USER),
          Map.entry("ansible_ssh_user", OptionsForConnections.REMOTE_USER),
          Map.entry("ansible_paramiko_user", OptionsForConnections.REMOTE_USER),
          Map.entry("ansible_port", OptionsForConnections.REMOTE_PORT),
          Map.entry("ansible_ssh_port", OptionsForConnections.REMOTE_PORT),
          Map.entry("ansible_paramiko_port", OptionsForConnections.REMOTE_PORT),
          Map.entry("ansible_private_key_file", OptionsForConnections.PRIVATE_KEY_FILE),
          Map.entry("ansible_ssh_private_key_file", OptionsForConnections.PRIVATE_KEY_FILE),
          Map.entry("ansible_paramiko_private_key_file", OptionsForConnections.PRIVATE_KEY_FILE),
          Map.entry("ansible_ssh_args", OptionsForConnections.SSH_ARGS),
          Map.entry("ansible_ssh_common_args", OptionsForConnections.SSH_COMMON_ARGS),
          Map.entry("ansible_ssh_extra_args", OptionsForConnections.SSH_EXTRA_ARGS),
          Map.entry("ansible_ssh_executable", OptionsForConnections.SSH_EXECUTABLE),
          Map.entry("ansible_ssh_retries", OptionsForConnections.RETRIES),
          Map.entry("ansible_timeout", OptionsForConnections.TIMEOUT),
          Map.entry("ansible_ssh_timeout", OptionsForConnections.TIMEOUT),
          Map.entry("ansible_paramiko_timeout", OptionsForConnections.TIMEOUT),
          Map.entry("ansible_host_key_checking", OptionsForConnections.HOST_KEY_CHECKING),
          Map.entry("ansible_ssh_host_key_checking", OptionsForConnections.HOST_KEY_CHECKING),
          Map.entry("ansible_paramiko_host_key_checking", OptionsForConnections.HOST_KEY_CHECKING),
          Map.entry("ansible_become", OptionsForPrivileges.BECOME),
          Map.entry("ansible_become_method", OptionsForPrivileges.BECOME_METHOD),
          Map.entry("ansible_become_user", OptionsForPrivileges.BECOME_USER),
          Map.entry("ansible_become_exe", OptionsForPrivileges.BECOME_EXE),
          Map.entry("ansible_become_flags", OptionsForPrivileges.BECOME_FLAGS));

  private static final Set<String> WITHOUT_OPTION =
      Set.of(
          "ansible_host",
          "ansible_ssh_host",
          "ansible_paramiko_host",
          "ansible_password",
          "ansible_ssh_pass",
          "ansible_ssh_password",
          "ansible_paramiko_pass",
          "ansible_paramiko_password",
          "ansible_paramiko_proxy_command",
          "ansible_become_password",
          "ansible_become_pass");

  /// Others that Ansible knows and that look like those.
  private static final Set<String> OTHERS =
      Set.of(
          "ansible_sudo_user",
          "ansible_sudo_exe",
          "ansible_sudo_flags",
          "ansible_sudo_pass",
          "ansible_su_user",
          "ansible_su_exe",
          "ansible_su_flags",
          "ansible_su_pass",
          "ansible_doas_user",
          "ansible_doas_exe",
          "ansible_doas_flags",
          "ansible_doas_pass",
          "ansible_scp_extra_args",
          "ansible_sftp_extra_args",
          "ansible_scp_executable",
          "ansible_sftp_executable",
          "ansible_ssh_use_tty",
          "ansible_ssh_pipelining",
          "ansible_ssh_transfer_method");

  /// Those that Earshot alone reads.
  private static final Set<String> OWN =
      Set.of(
          "earshot_address",
          "earshot_connection",
          "earshot_postgres",
          "earshot_provider",
          "earshot_region",
          "earshot_service_name",
          "earshot_zone");

  private static final int MOST_LETTERS_WRONG = 2;

  /// Two letters of `earshot_zone` make another word.
  private static final int SHORT = "earshot_region".length();

  private VariableNames() {}

  /// The option of Ansible's configuration that counts where a variable is not set.
  public static Optional<Option<?>> option(String variable) {
    return Optional.ofNullable(OPTIONS.get(variable));
  }

  /// Warnings of variables that nobody reads and that are written almost like one of these.
  static List<Problem> typos(Host host) {
    List<String> known = Stream.concat(OPTIONS.keySet().stream(), WITHOUT_OPTION.stream()).toList();
    List<Problem> typos = new ArrayList<>();
    host.variables()
        .forEach((name, variable) -> {
          if (name.startsWith("ansible_") && !OTHERS.contains(name)) {
            typo(name, variable, known, MOST_LETTERS_WRONG, "Ansible").ifPresent(typos::add);
          } else if (name.startsWith("earshot_")) {
            int wrong = name.length() < SHORT ? 1 : MOST_LETTERS_WRONG;
            typo(name, variable, OWN, wrong, "Earshot").ifPresent(typos::add);
          }
        });
    return typos;
  }

  private static Optional<Problem> typo(
      String name, Variable variable, Collection<String> known, int wrong, String reader) {
    List<String> meant = known.contains(name) ? List.of() : NearNames.near(name, known, wrong);
    return meant.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.warning(
                variable.origin(),
                "%s means nothing to %s".formatted(name, reader),
                "did you mean %s?".formatted(meant.stream().collect(joining(" or ")))));
  }
}
