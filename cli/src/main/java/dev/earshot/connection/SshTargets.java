package dev.earshot.connection;

import static java.util.stream.Collectors.toMap;

import dev.earshot.python.Surroundings;
import dev.earshot.ssh.AlgorithmWishes;
import dev.earshot.ssh.Credentials;
import dev.earshot.ssh.HostKeyPolicy;
import dev.earshot.ssh.HostKeyPolicy.Strictness;
import dev.earshot.ssh.Patience;
import dev.earshot.ssh.RevokedKeys;
import dev.earshot.ssh.Secret;
import dev.earshot.ssh.SshTarget;
import dev.earshot.ssh.Way;
import dev.earshot.sshconfig.AddressFamily;
import dev.earshot.sshconfig.Agent;
import dev.earshot.sshconfig.HostKeyChecking;
import dev.earshot.sshconfig.JumpHost;
import dev.earshot.sshconfig.LocalUser;
import dev.earshot.sshconfig.Origin;
import dev.earshot.sshconfig.Problem;
import dev.earshot.sshconfig.Proxy;
import dev.earshot.sshconfig.PublicKeyUse;
import dev.earshot.sshconfig.Resolution;
import dev.earshot.sshconfig.Setting;
import dev.earshot.sshconfig.SshArguments;
import dev.earshot.sshconfig.SshArguments.Option;
import dev.earshot.sshconfig.SshConfig;
import dev.earshot.sshconfig.SshKey;
import dev.earshot.sshconfig.SshKeys;
import dev.earshot.sshconfig.SshOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `ssh` would make of the arguments that Ansible gives it, with its configuration: a target
/// with all its credentials and the hosts on the way to it.
final class SshTargets {

  /// A chain of jump hosts that each name another one by their own configuration ends here.
  private static final int MAX_HOPS = 8;

  private static final int SSH_PORT = 22;

  /// It is written into known_hosts and into commands to paste.
  private static final Predicate<String> ALIAS =
      Pattern.compile("[\\p{L}\\p{N}_:\\[][\\p{L}\\p{N}._:%\\[\\]-]*").asMatchPredicate();

  /// What programs are sent to, for `Match command`.
  private static final String COMMAND = "sh -s";

  /// OpenSSH's own.
  private static final int ALIVE_COUNT = 3;

  private static final List<String> ADDRESS =
      List.of("ansible_host", "ansible_ssh_host", "ansible_paramiko_host");
  private static final List<String> ARGUMENTS =
      List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args");

  private final List<Path> knownHosts;
  private final LocalUser user;
  private final SshConfig config;

  /// @param knownHosts files that replace OpenSSH's; none for its own
  SshTargets(List<Path> knownHosts, Surroundings surroundings) {
    this.knownHosts = List.copyOf(knownHosts);
    this.user =
        new LocalUser(
            System.getProperty("user.name", ""), surroundings.home(), surroundings.environment());
    this.config = SshConfig.of(user);
  }

  /// What is wrong with arguments, whatever the host.
  List<Problem> check(SshArguments arguments) {
    return config.check(arguments);
  }

  /// Absent if it can't be reached as it is written, which is noted.
  Optional<SshTarget> of(HostVariables host, AnsibleSsh ssh) {
    SshArguments arguments = SshArguments.parse(ssh.arguments());
    arguments.notes().forEach(note -> host.note(note, "nothing to do if the host is reached"));
    return new Resolving(host, ssh.password(), ssh.retries()).target(ssh.address(), arguments, 0);
  }

  /// One host's way.
  private final class Resolving {

    private final HostVariables host;
    private final Optional<Secret> password;
    private final int retries;

    Resolving(HostVariables host, Optional<Secret> password, int retries) {
      this.host = host;
      this.password = password;
      this.retries = retries;
    }

    Optional<SshTarget> target(String destination, SshArguments arguments, int hops) {
      return switch (config.resolve(destination, arguments, hops == 0 ? COMMAND : "")) {
        case Resolution.Refused(var problems) -> {
          problems.forEach(this::complain);
          yield Optional.empty();
        }
        case Resolution.Resolved(var options) -> target(options, arguments, hops);
      };
    }

    /// A mistake in a file of OpenSSH's is told with its place there, others with the variable's.
    private void complain(Problem problem) {
      String message = problem.where() + ": " + problem.message();
      switch (problem.where()) {
        case Origin.InFile _ -> host.complain(message, problem.advice());
        case Origin.InArguments _ -> host.complainOf(ARGUMENTS, message, problem.advice());
        case Origin.InDestination _ -> host.complainOf(ADDRESS, message, problem.advice());
      }
    }

    private Optional<SshTarget> target(SshOptions options, SshArguments arguments, int hops) {
      if (!isUsable(options)) {
        return Optional.empty();
      }
      Optional<RevokedKeys> revoked = revoked(options);
      Optional<Way> way = revoked.flatMap(_ -> way(options, arguments, hops));
      try {
        return way.map(each ->
            new SshTarget(
                options.hostName(),
                value(options, SshKeys.PORT).orElse(SSH_PORT),
                value(options, SshKeys.USER).orElse(user.name()),
                credentials(options, hops == 0 ? password : Optional.empty()),
                hostKeys(options, revoked.orElseThrow()),
                algorithms(options),
                patience(options, hops == 0 ? retries : 0),
                each));
      } catch (IllegalArgumentException unusable) {
        host.complainOf(
            ADDRESS, String.valueOf(unusable.getMessage()), "correct ansible_host or ansible_user");
        return Optional.empty();
      }
    }

    /// What would be trusted by mistake is refused.
    private boolean isUsable(SshOptions options) {
      Optional<Setting<String>> command = named(options, SshKeys.KNOWN_HOSTS_COMMAND);
      if (command.isPresent() && strictness(options) != Strictness.YES) {
        host.complain(
            "%s: KnownHostsCommand is not run, and without it a key that it revokes might be trusted"
                .formatted(command.get().origin()),
            "set StrictHostKeyChecking=yes and put the keys into known_hosts");
        return false;
      }
      noteUnobeyed(options, SshKeys.KNOWN_HOSTS_COMMAND, "put the keys into known_hosts");
      noteUnobeyed(options, SshKeys.BIND_INTERFACE, "use BindAddress (-b) instead");
      if (options.hostName().matches("[^:]+:\\d+")) {
        host.complainOf(
            ADDRESS,
            "the address '%s' has a port in it".formatted(options.hostName()),
            "write the port into ansible_port");
        return false;
      }
      if (options.hostKeyAlias().map(Setting::value).filter(ALIAS.negate()).isPresent()) {
        host.complain("its HostKeyAlias is no name of a host", "write a name");
        return false;
      }
      return true;
    }

    private void noteUnobeyed(SshOptions options, SshKey<String> key, String advice) {
      named(options, key)
          .ifPresent(setting ->
              host.note("%s: %s is not obeyed".formatted(setting.origin(), key.name()), advice));
    }

    /// Absent if a list is named that can't be used.
    private Optional<RevokedKeys> revoked(SshOptions options) {
      if (options.revokedHostKeys().isEmpty()) {
        return Optional.of(RevokedKeys.NONE);
      }
      Setting<Path> file = options.revokedHostKeys().get();
      try {
        return Optional.of(RevokedKeys.read(file.value()));
      } catch (IOException unusable) {
        host.complain(
            "%s: RevokedHostKeys: %s".formatted(file.origin(), unusable.getMessage()),
            "give it a text file with one public key a line");
        return Optional.empty();
      }
    }

    private Optional<Way> way(SshOptions options, SshArguments arguments, int hops) {
      Way direct =
          new Way.Direct(
              switch (value(options, SshKeys.ADDRESS_FAMILY).orElse(AddressFamily.ANY)) {
                case ANY -> Way.Family.ANY;
                case INET -> Way.Family.INET;
                case INET6 -> Way.Family.INET6;
              },
              value(options, SshKeys.BIND_ADDRESS));
      return switch (options.proxy().map(Setting::value).orElse(null)) {
        case null -> Optional.of(direct);
        case Proxy.Direct() -> Optional.of(direct);
        case Proxy.Command(String command) ->
            ProxyCommand.asJump(command, options.hostName(), port(options))
                .map(jump -> jump(jump.destination(), jump.arguments(), hops))
                .orElseGet(() -> Optional.of(new Way.Command(command, shell())));
        case Proxy.Jump(var chain) -> jump(chain, arguments.configFile(), hops);
      };
    }

    private String shell() {
      return Optional.ofNullable(user.environment().get("SHELL"))
          .filter(shell -> !shell.isEmpty())
          .orElse(Way.Command.SHELL);
    }

    private int port(SshOptions options) {
      return value(options, SshKeys.PORT).orElse(SSH_PORT);
    }

    /// As `ssh` starts itself for a jump: with its configuration, but without the arguments that
    /// are for the target.
    private Optional<Way> jump(List<JumpHost> chain, Optional<String> configFile, int hops) {
      JumpHost last = chain.getLast();
      List<Option> options = new ArrayList<>();
      last.user().ifPresent(name -> options.add(new Option('l', name)));
      last.port().ifPresent(port -> options.add(new Option('p', Integer.toString(port))));
      if (chain.size() > 1) {
        options.add(
            new Option(
                'J',
                String.join(
                    ",",
                    chain.subList(0, chain.size() - 1).stream().map(JumpHost::toString).toList())));
      }
      return jump(last.host(), new SshArguments(options, configFile, List.of(), List.of()), hops);
    }

    private Optional<Way> jump(String destination, SshArguments arguments, int hops) {
      if (hops == MAX_HOPS) {
        host.complain(
            "there are more than %d jump hosts on the way".formatted(MAX_HOPS),
            "see whether a jump host is to be reached through itself (ProxyJump none for it)");
        return Optional.empty();
      }
      return target(destination, arguments, hops + 1).map(Way.Jump::new);
    }
  }

  private Credentials credentials(SshOptions options, Optional<Secret> password) {
    return new Credentials(
        paths(options.identityFiles()),
        paths(options.certificateFiles()),
        value(options, SshKeys.IDENTITIES_ONLY).orElse(false),
        options
            .identityAgent()
            .map(Setting::value)
            .map(Agent::socket)
            .orElseGet(() ->
                Optional.ofNullable(user.environment().get("SSH_AUTH_SOCK"))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of)),
        password,
        methods(options));
  }

  private static List<Path> paths(Optional<List<Setting<Path>>> files) {
    return files.orElse(List.of()).stream().map(Setting::value).toList();
  }

  /// Those that Earshot speaks and nobody switched off.
  private static List<String> methods(SshOptions options) {
    boolean keys =
        value(options, SshKeys.PUBKEY_AUTHENTICATION).orElse(PublicKeyUse.YES) != PublicKeyUse.NO;
    boolean batch =
        value(options, SshKeys.BATCH_MODE).orElse(false)
            || value(options, SshKeys.NUMBER_OF_PASSWORD_PROMPTS).filter(n -> n == 0).isPresent();
    boolean interactive =
        !batch && value(options, SshKeys.KBD_INTERACTIVE_AUTHENTICATION).orElse(true);
    boolean passwords = !batch && value(options, SshKeys.PASSWORD_AUTHENTICATION).orElse(true);
    return value(options, SshKeys.PREFERRED_AUTHENTICATIONS)
        .map(text -> Stream.of(text.toLowerCase(Locale.ROOT).split(",")).map(String::strip))
        .orElseGet(Credentials.METHODS::stream)
        .filter(method ->
            switch (method) {
              case "publickey" -> keys;
              case "keyboard-interactive" -> interactive;
              case "password" -> passwords;
              case String _ -> false;
            })
        .toList();
  }

  private static Strictness strictness(SshOptions options) {
    return switch (value(options, SshKeys.STRICT_HOST_KEY_CHECKING).orElse(HostKeyChecking.ASK)) {
      case YES, ASK -> Strictness.YES;
      case ACCEPT_NEW -> Strictness.ACCEPT_NEW;
      case NO -> Strictness.NO;
    };
  }

  private HostKeyPolicy hostKeys(SshOptions options, RevokedKeys revoked) {
    boolean ours = !knownHosts.isEmpty();
    return new HostKeyPolicy(
        ours ? knownHosts : files(options.userKnownHostsFiles(), HostKeyPolicy.DEFAULT.userFiles()),
        ours
            ? List.of()
            : files(options.globalKnownHostsFiles(), HostKeyPolicy.DEFAULT.globalFiles()),
        strictness(options),
        options.hostKeyAlias().map(Setting::value),
        value(options, SshKeys.CHECK_HOST_IP).orElse(false),
        value(options, SshKeys.HASH_KNOWN_HOSTS).orElse(false),
        revoked,
        value(options, SshKeys.CA_SIGNATURE_ALGORITHMS),
        value(options, SshKeys.REQUIRED_RSA_SIZE).orElse(HostKeyPolicy.SHORTEST_RSA));
  }

  private static List<Path> files(Optional<Setting<List<Path>>> files, List<Path> standard) {
    return files.map(Setting::value).orElse(standard);
  }

  private static AlgorithmWishes algorithms(SshOptions options) {
    return new AlgorithmWishes(
        value(options, SshKeys.KEX_ALGORITHMS),
        value(options, SshKeys.CIPHERS),
        value(options, SshKeys.MACS),
        value(options, SshKeys.HOST_KEY_ALGORITHMS),
        value(options, SshKeys.PUBKEY_ACCEPTED_ALGORITHMS),
        Stream.of(
                SshKeys.KEX_ALGORITHMS, SshKeys.CIPHERS, SshKeys.MACS, SshKeys.HOST_KEY_ALGORITHMS)
            .filter(key -> options.find(key).isPresent())
            .collect(
                toMap(SshKey::name, key -> options.find(key).orElseThrow().origin().toString())));
  }

  private static Patience patience(SshOptions options, int retries) {
    return new Patience(
        value(options, SshKeys.CONNECT_TIMEOUT).filter(Duration::isPositive),
        Math.max(1, value(options, SshKeys.CONNECTION_ATTEMPTS).orElse(1)),
        retries,
        value(options, SshKeys.SERVER_ALIVE_INTERVAL).orElse(Duration.ZERO),
        value(options, SshKeys.SERVER_ALIVE_COUNT_MAX).orElse(ALIVE_COUNT));
  }

  /// Of what `none` switches off.
  private static Optional<Setting<String>> named(SshOptions options, SshKey<String> key) {
    return options.find(key).filter(setting -> !setting.value().equalsIgnoreCase("none"));
  }

  private static <T> Optional<T> value(SshOptions options, SshKey<T> key) {
    return options.find(key).map(Setting::value);
  }
}
