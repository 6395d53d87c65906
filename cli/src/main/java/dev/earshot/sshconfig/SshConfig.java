package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Resolution.Refused;
import dev.earshot.sshconfig.Resolution.Resolved;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// OpenSSH's client configuration, for many hosts: each file is read once and kept.
///
/// A jump host has settings of its own: ask for it as for any host.
public final class SshConfig {

  /// The machine's own configuration.
  public static final Path MACHINE = Path.of("/etc/ssh/ssh_config");

  /// For the command of one `Match exec`; OpenSSH itself waits forever.
  private static final Duration EXEC_DEADLINE = Duration.ofSeconds(10);

  /// For one name of `CanonicalDomains`: what the name server says later counts as nothing.
  private static final Duration LOOKUP_DEADLINE = Duration.ofSeconds(5);

  private static final Pattern BAD_HOST = Pattern.compile("^-|[\\s\\p{Cntrl}'`\"$\\\\;&<>|(){},]");
  private static final Pattern BAD_USER = Pattern.compile("^-|['`\";&<>|(){}]|\\s-|\\\\$");

  private final LocalUser user;
  private final Path machine;
  private final ConfigFiles files;
  private final Predicate<String> exists;
  private final ShellCommand shell;

  /// @param machine the machine's own configuration, which need not exist
  /// @param exists whether the DNS knows a name, for `CanonicalizeHostname`
  /// @param execDeadline for the command of one `Match exec`
  SshConfig(LocalUser user, Path machine, Predicate<String> exists, Duration execDeadline) {
    this.user = user;
    this.machine = machine;
    this.files = new ConfigFiles(user, machine.toAbsolutePath().resolveSibling(""));
    this.exists = exists;
    this.shell = new ShellCommand(user, execDeadline);
  }

  /// The configuration of this user on this machine.
  public static SshConfig of(LocalUser user) {
    return new SshConfig(user, MACHINE, new NameService(LOOKUP_DEADLINE), EXEC_DEADLINE);
  }

  /// What the arguments and the files say of a host. Commands of `Match exec` are run.
  ///
  /// @param destination what ssh would be given: a name, an address, `user@host`, `ssh://host:22`
  /// @param command what is to be run there; empty where the host is only a way to another one
  public Resolution resolve(String destination, SshArguments arguments, String command) {
    var problems = new ArrayList<>(arguments.problems());
    var values = new Values();
    new CommandLine(user, values, problems).apply(arguments.options());
    try {
      var options =
          resolve(host(destination, values), command, arguments.configFile(), values, problems);
      return problems.isEmpty() ? new Resolved(options) : new Refused(distinct(problems));
    } catch (BadValue e) {
      problems.add(e.at(new Origin.InDestination()));
      return new Refused(distinct(problems));
    }
  }

  /// What is wrong with arguments, whatever the host.
  public List<Problem> check(SshArguments arguments) {
    var problems = new ArrayList<>(arguments.problems());
    new CommandLine(user, new Values(), problems).apply(arguments.options());
    arguments
        .configFile()
        .filter(SshConfig::isMissing)
        .map(SshConfig::missing)
        .ifPresent(problems::add);
    return distinct(problems);
  }

  private static List<Problem> distinct(List<Problem> problems) {
    return problems.stream().distinct().toList();
  }

  private String host(String destination, Values values) throws BadValue {
    boolean uri = destination.startsWith("ssh://");
    int at = destination.lastIndexOf('@');
    var given =
        uri
            ? JumpHost.parse(destination)
            : new JumpHost(
                at < 0 ? Optional.empty() : Optional.of(destination.substring(0, at)),
                destination.substring(at + 1),
                OptionalInt.empty());
    var origin = new Origin.InDestination();
    if (given.user().isPresent() && values.find(SshKeys.USER).isEmpty()) {
      values.put(SshKeys.USER, new Setting<>(given.user().get(), origin));
    }
    if (given.port().isPresent() && values.find(SshKeys.PORT).isEmpty()) {
      values.put(SshKeys.PORT, new Setting<>(given.port().getAsInt(), origin));
    }
    if (given.host().isEmpty() || BAD_HOST.matcher(given.host()).find()) {
      throw new BadValue("'%s' is no host".formatted(destination), "write a name or an address");
    }
    var login = values.value(SshKeys.USER);
    if (login.filter(name -> name.isEmpty() || BAD_USER.matcher(name).find()).isPresent()) {
      throw new BadValue("its user '%s' is no name".formatted(login.get()), "write another");
    }
    return given.host();
  }

  private SshOptions resolve(
      String given, String command, Optional<String> file, Values values, List<Problem> problems)
      throws BadValue {
    var first = new Matcher(user, shell, given, given, false, command);
    boolean wantsFinal = read(file, new Pass(files, first, values, problems, given), problems);
    var name = given;
    var replaced = values.find(SshKeys.HOST_NAME);
    if (replaced.isPresent()) {
      name = hostName(replaced.get(), given, problems);
    }
    name = new Canonical(exists).nameOf(name, values);
    var canonicalization = values.value(SshKeys.CANONICALIZE_HOSTNAME);
    if (wantsFinal || canonicalization.filter(how -> how != Canonicalization.NO).isPresent()) {
      var origin =
          replaced.<Origin>map(Setting::origin).orElseGet(() -> new Origin.InDestination());
      values.put(SshKeys.HOST_NAME, new Setting<>(name, origin));
      settleCanonicalization(values);
      var second = new Matcher(user, shell, name, given, true, command);
      read(file, new Pass(files, second, values, problems, name), problems);
    }
    var tokens =
        new Tokens(
            user,
            name,
            given,
            values.value(SshKeys.HOST_KEY_ALIAS).map(Expander::alias).orElse(given),
            values.value(SshKeys.PORT).orElse(Tokens.DEFAULT_PORT),
            values.value(SshKeys.USER).orElse(user.name()));
    return new SshOptions(name, values, new Expander(user, tokens, values, problems).expand());
  }

  /// How names are looked for is settled with the first pass, defaults among it.
  private static void settleCanonicalization(Values values) {
    var origin = new Origin.InDestination();
    values.putIfAbsent(SshKeys.CANONICALIZE_HOSTNAME, new Setting<>(Canonicalization.NO, origin));
    values.putIfAbsent(SshKeys.CANONICALIZE_MAX_DOTS, new Setting<>(1, origin));
    values.putIfAbsent(SshKeys.CANONICALIZE_FALLBACK_LOCAL, new Setting<>(true, origin));
  }

  private static String hostName(Setting<String> written, String given, List<Problem> problems) {
    try {
      return Expansion.percent(written.value(), Tokens.ofHostName(given));
    } catch (BadValue e) {
      problems.add(e.at(written.origin(), SshKeys.HOST_NAME.name()));
      return given;
    }
  }

  /// Reads the files that count, and says whether they want to be read again.
  private boolean read(Optional<String> file, Pass pass, List<Problem> problems) {
    if (file.isEmpty()) {
      pass.read(user.home().resolve(".ssh/config"), true, true);
      pass.read(machine, false, false);
    } else if (isMissing(file.get())) {
      problems.add(missing(file.get()));
    } else if (!isNone(file.get())) {
      pass.read(Path.of(file.get()), true, false);
    }
    return pass.wantsFinal();
  }

  private static boolean isNone(String file) {
    return file.equalsIgnoreCase("none");
  }

  private static boolean isMissing(String file) {
    try {
      return !isNone(file) && !Files.exists(Path.of(file));
    } catch (InvalidPathException _) {
      return true;
    }
  }

  private static Problem missing(String file) {
    return new Problem(
        new Origin.InArguments("-F"),
        "'%s' does not exist".formatted(file),
        "name a file, or none");
  }
}
