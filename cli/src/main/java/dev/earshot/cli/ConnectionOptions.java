package dev.earshot.cli;

import dev.earshot.collect.FleetCollector;
import dev.earshot.collect.Targets;
import dev.earshot.ssh.KnownHosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach the hosts and how long to look at them.
final class ConnectionOptions {

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Log in as this user where the inventory names none (default: yours).")
  String user = System.getProperty("user.name");

  @Option(
      names = {"--private-key", "--key-file"},
      paramLabel = "FILE",
      description = "Private key where the inventory names none (default: OpenSSH's).")
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

  Targets.Defaults defaults() {
    return new Targets.Defaults(user, Optional.ofNullable(privateKey));
  }

  KnownHosts knownHosts(Terminal terminal) {
    KnownHosts known =
        KnownHosts.read(knownHosts.isEmpty() ? KnownHosts.standardFiles() : knownHosts);
    known.warnings().forEach(warning -> terminal.progress("warning: " + warning));
    return known;
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
