package dev.earshot.cli;

import dev.earshot.collect.FleetCollector;
import dev.earshot.collect.Targets;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.config.Options;
import dev.earshot.ssh.HostKeyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach the hosts and how long to look at them.
final class ConnectionOptions {

  private static final int SSH_PORT = 22;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description =
          "Log in as this user where the inventory names none (default: ansible.cfg's, else yours).")
  @Nullable String user;

  @Option(
      names = {"--private-key", "--key-file"},
      paramLabel = "FILE",
      description =
          "Private key where the inventory names none (default: ansible.cfg's, else OpenSSH's).")
  @Nullable Path privateKey;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description =
          "Trust the host keys in this file instead of those in OpenSSH's own; may be repeated.")
  List<Path> knownHosts = new ArrayList<>();

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      description = "Hosts to ask at the same time (default: ${DEFAULT-VALUE}).")
  int forks = 50;

  @Option(
      names = {"-T", "--timeout"},
      paramLabel = "DURATION",
      converter = WindowConverter.class,
      description = "For reaching a host and logging in (default: 10s).")
  Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      converter = WindowConverter.class,
      description =
          "Time between the two samples of every counter; longer sees more requests (default: 10s).")
  Duration window = Duration.ofSeconds(10);

  /// What holds for hosts whose variables say nothing: the command line, else the configuration.
  Targets.Defaults defaults(AnsibleConfig configuration) {
    return new Targets.Defaults(
        Optional.ofNullable(user)
            .or(() -> configuration.get(Options.REMOTE_USER))
            .orElseGet(() -> System.getProperty("user.name")),
        configuration.get(Options.REMOTE_PORT).orElse(SSH_PORT),
        Optional.ofNullable(privateKey).or(() -> configuration.get(Options.PRIVATE_KEY_FILE)),
        knownHosts.isEmpty() ? HostKeyPolicy.DEFAULT : HostKeyPolicy.ofFiles(knownHosts));
  }

  FleetCollector.Settings settings() {
    List<String> problems = new ArrayList<>();
    if (forks < 1) {
      problems.add("--forks is the number of hosts to ask at the same time: 1 or more");
    }
    if (!timeout.isPositive()) {
      problems.add("--timeout must be longer than nothing");
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofHours(1)) > 0) {
      problems.add("--window is between one second and one hour");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return new FleetCollector.Settings(window, timeout, forks, Main.version());
  }
}
