package dev.earshot.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whom to become on the hosts: Ansible's own options.
final class BecomeOptions {

  @Option(
      names = {"-b", "--become"},
      description = "Run the probes as another user, root unless told otherwise.")
  boolean become;

  @Option(
      names = "--become-method",
      paramLabel = "METHOD",
      description = "sudo, su or doas (default: ansible.cfg's, else sudo).")
  @Nullable String method;

  @Option(
      names = "--become-user",
      paramLabel = "USER",
      description = "Run the probes as this user (default: ansible.cfg's, else root).")
  @Nullable String user;
}
