package dev.earshot.sshconfig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Replaces tokens, variables and `~` in all settings of one host.
///
/// @param problems where what can't be replaced is told
record Expander(LocalUser user, Tokens tokens, Values values, List<Problem> problems) {

  private static final String NONE = "none";
  private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

  private interface Step<T, R> {
    R apply(T value) throws BadValue;
  }

  Expanded expand() {
    return new Expanded(
        values
            .find(SshKeys.HOST_KEY_ALIAS)
            .map(alias -> new Setting<>(alias(alias.value()), alias.origin())),
        files(SshKeys.IDENTITY_FILE, values.identities()),
        files(SshKeys.CERTIFICATE_FILE, values.certificates()),
        with(SshKeys.IDENTITY_AGENT, this::agent),
        with(SshKeys.USER_KNOWN_HOSTS_FILE, paths -> knownHosts(paths, true)),
        with(SshKeys.GLOBAL_KNOWN_HOSTS_FILE, paths -> knownHosts(paths, false)),
        values
            .find(SshKeys.REVOKED_HOST_KEYS)
            .filter(file -> !file.value().equalsIgnoreCase(NONE))
            .flatMap(file -> setting(SshKeys.REVOKED_HOST_KEYS, file, this::file)),
        with(SshKeys.PROXY_COMMAND, this::command).or(() -> with(SshKeys.PROXY_JUMP, this::jump)));
  }

  /// Known hosts are looked up in lower case.
  static String alias(String written) {
    return written.toLowerCase(Locale.ROOT);
  }

  private <T, R> Optional<Setting<R>> with(SshKey<T> key, Step<T, R> step) {
    return values.find(key).flatMap(setting -> setting(key, setting, step));
  }

  private <T, R> Optional<Setting<R>> setting(SshKey<T> key, Setting<T> setting, Step<T, R> step) {
    try {
      return Optional.of(new Setting<>(step.apply(setting.value()), setting.origin()));
    } catch (BadValue e) {
      problems.add(e.at(setting.origin(), key.name()));
      return Optional.empty();
    }
  }

  private Optional<List<Setting<Path>>> files(SshKey<String> key, List<Setting<String>> settings) {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    var files = new ArrayList<Setting<Path>>();
    for (var each : settings) {
      if (!each.value().equalsIgnoreCase(NONE)) {
        setting(key, each, this::file).ifPresent(files::add);
      }
    }
    return Optional.of(List.copyOf(files));
  }

  private Path file(String text) throws BadValue {
    return Expanded.path(
        Expansion.percentAndDollar(user.withHome(text), tokens.all(), user.environment()));
  }

  private List<Path> knownHosts(List<String> texts, boolean ofUser) throws BadValue {
    var paths = new ArrayList<Path>();
    for (var each : texts) {
      if (!each.equalsIgnoreCase(NONE)) {
        paths.add(ofUser ? file(each) : Expanded.path(each));
      }
    }
    return List.copyOf(paths);
  }

  private Agent agent(String text) throws BadValue {
    if (text.equalsIgnoreCase(NONE)) {
      return Agent.NONE;
    }
    boolean named = text.equals(AGENT_VARIABLE);
    if (named || (text.startsWith("$") && !text.startsWith("${"))) {
      var socket = user.environment().get(named ? text : text.substring(1));
      return socket == null ? Agent.NONE : new Agent(Optional.of(Expanded.path(socket)));
    }
    return new Agent(Optional.of(file(text)));
  }

  private Proxy jump(List<JumpHost> hops) throws BadValue {
    if (hops.isEmpty()) {
      return new Proxy.Direct();
    }
    var expanded = new ArrayList<JumpHost>();
    for (var each : hops) {
      Optional<String> login = Optional.empty();
      if (each.user().isPresent()) {
        login = Optional.of(Expansion.percent(each.user().get(), tokens.ofProxy()));
      }
      var host = Expansion.percent(each.host(), tokens.ofProxy());
      expanded.add(new JumpHost(login, host, each.port()));
    }
    return new Proxy.Jump(List.copyOf(expanded));
  }

  private Proxy command(String command) throws BadValue {
    return command.equalsIgnoreCase(NONE)
        ? new Proxy.Direct()
        : new Proxy.Command(Expansion.percent(command, tokens.ofProxy()));
  }
}
