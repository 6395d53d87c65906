package dev.earshot.connection;

import dev.earshot.ssh.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the command line says about connections, with Ansible's options. Variables of hosts beat
/// it, and it beats the environment and `ansible.cfg`.
///
/// @param connection `-c`
/// @param user `-u`
/// @param privateKey `--private-key`
/// @param timeoutSeconds `-T`
/// @param commonArguments `--ssh-common-args`
/// @param extraArguments `--ssh-extra-args`
/// @param become `-b`
/// @param becomeMethod `--become-method`
/// @param becomeUser `--become-user`
/// @param password what `-k` asked for
/// @param becomePassword what `-K` asked for
/// @param knownHosts Earshot's own: files that replace OpenSSH's
public record CommandLine(
    Optional<String> connection,
    Optional<String> user,
    Optional<Path> privateKey,
    Optional<Integer> timeoutSeconds,
    Optional<String> commonArguments,
    Optional<String> extraArguments,
    boolean become,
    Optional<String> becomeMethod,
    Optional<String> becomeUser,
    Optional<Secret> password,
    Optional<Secret> becomePassword,
    List<Path> knownHosts) {

  /// Nothing is said.
  public static final CommandLine EMPTY =
      new CommandLine(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public CommandLine {
    knownHosts = List.copyOf(knownHosts);
  }

  /// Leaves everything out: arguments may hold passwords for other programs.
  @Override
  public String toString() {
    return "CommandLine[]";
  }
}
