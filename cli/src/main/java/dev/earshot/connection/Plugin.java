package dev.earshot.connection;

import java.util.Optional;
import java.util.stream.Stream;

/// Ansible's connection plugins that log in by SSH. Earshot speaks for all of them as `ssh` does;
/// they differ in the variables that they read.
enum Plugin {
  SSH,
  PARAMIKO;

  /// What `ansible_connection` calls it, in full or short.
  static Optional<Plugin> of(String name) {
    return switch (name) {
      case "ssh", "smart" -> Optional.of(SSH);
      case "paramiko", "paramiko_ssh" -> Optional.of(PARAMIKO);
      default -> Optional.empty();
    };
  }

  /// The names of a variable in rising order of strength: the general one, that of `ssh`, which
  /// paramiko reads, too, and paramiko's own.
  ///
  /// @param endings what follows `ansible_ssh_` and `ansible_paramiko_`
  String[] names(String general, String... endings) {
    return Stream.concat(
            Stream.of(general),
            Stream.of("ansible_ssh_", "ansible_paramiko_")
                .limit(this == PARAMIKO ? 2 : 1)
                .flatMap(prefix -> Stream.of(endings).map(ending -> prefix + ending)))
        .toArray(String[]::new);
  }
}
