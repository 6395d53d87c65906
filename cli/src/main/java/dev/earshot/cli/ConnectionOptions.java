package dev.earshot.cli;

import dev.earshot.collect.FleetCollector;
import dev.earshot.config.AnsibleConfig;
import dev.earshot.connection.CommandLine;
import dev.earshot.connection.Connections;
import dev.earshot.evidence.Depth;
import dev.earshot.python.Surroundings;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTransport;
import dev.earshot.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to reach the hosts and how long to look at them.
final class ConnectionOptions {

  /// The longest that anybody may wait for one host, whatever its own settings say.
  private static final Duration REACHING = Duration.ofMinutes(2);

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
      description =
          "For reaching a host and logging in, in whole seconds (default: ansible.cfg's, else 10s).")
  @Nullable Duration timeout;

  @Option(
      names = {"-c", "--connection"},
      paramLabel = "PLUGIN",
      description =
          "ssh or local, where the inventory names none (default: ansible.cfg's, else ssh).")
  @Nullable String plugin;

  @Option(
      names = "--ssh-common-args",
      paramLabel = "ARGS",
      description = "Arguments of ssh to obey, such as '-J bastion'.")
  @Nullable String commonArguments;

  @Option(
      names = "--ssh-extra-args",
      paramLabel = "ARGS",
      description = "More arguments of ssh to obey.")
  @Nullable String extraArguments;

  @Mixin PasswordOptions passwords = new PasswordOptions();
  @Mixin BecomeOptions become = new BecomeOptions();

  /// The ways to hosts, for which passwords are asked for if they are wanted.
  Connections connections(
      AnsibleConfig configuration, Surroundings surroundings, Terminal terminal) {
    PasswordOptions.Passwords secrets = passwords.read(configuration, surroundings, terminal);
    return new Connections(
        new CommandLine(
            Optional.ofNullable(plugin),
            Optional.ofNullable(user),
            Optional.ofNullable(privateKey),
            Optional.ofNullable(timeout).map(each -> (int) Math.max(1, each.toSeconds())),
            Optional.ofNullable(commonArguments),
            Optional.ofNullable(extraArguments),
            become.become,
            Optional.ofNullable(become.method),
            Optional.ofNullable(become.user),
            secrets.connection(),
            secrets.become(),
            knownHosts),
        configuration,
        surroundings);
  }

  /// Shells on hosts, for as long as nobody closes it. Passphrases are asked for at the terminal.
  SshTransport transport(Terminal terminal) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    return new SshTransport(
        new ConsolePrompt(terminal)::secret,
        sentence -> {
          if (told.add(sentence)) {
            terminal.progress(Printable.of("warning: " + sentence));
          }
        });
  }

  /// What calling at a host may take.
  ShellLimits limits() {
    refuse(problems());
    return new ShellLimits(REACHING, REACHING.multipliedBy(2), 1 << 16);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (forks < 1) {
      problems.add("--forks is the number of hosts to ask at the same time: 1 or more");
    }
    if (timeout != null && !timeout.isPositive()) {
      problems.add("--timeout must be longer than nothing");
    }
    return problems;
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  FleetCollector.Settings settings(Duration window, Depth depth) {
    List<String> problems = problems();
    if (!window.isZero()
        && (window.compareTo(Duration.ofSeconds(1)) < 0
            || window.compareTo(Duration.ofHours(1)) > 0)) {
      problems.add("--window is between one second and one hour, or 0 for a single sample");
    }
    refuse(problems);
    return new FleetCollector.Settings(window, depth, REACHING, forks, Main.version());
  }
}
