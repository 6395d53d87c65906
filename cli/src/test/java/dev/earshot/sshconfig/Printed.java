package dev.earshot.sshconfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What Earshot found out, in the words of `ssh -G`.
final class Printed {

  private static final List<SshKey<?>> SIMPLE =
      List.of(
          SshKeys.ADDRESS_FAMILY,
          SshKeys.BATCH_MODE,
          SshKeys.BIND_ADDRESS,
          SshKeys.BIND_INTERFACE,
          SshKeys.CANONICALIZE_FALLBACK_LOCAL,
          SshKeys.CANONICALIZE_HOSTNAME,
          SshKeys.CANONICALIZE_MAX_DOTS,
          SshKeys.CHECK_HOST_IP,
          SshKeys.CONNECTION_ATTEMPTS,
          SshKeys.CONNECT_TIMEOUT,
          SshKeys.HASH_KNOWN_HOSTS,
          SshKeys.IDENTITIES_ONLY,
          SshKeys.KBD_INTERACTIVE_AUTHENTICATION,
          SshKeys.KNOWN_HOSTS_COMMAND,
          SshKeys.NUMBER_OF_PASSWORD_PROMPTS,
          SshKeys.PASSWORD_AUTHENTICATION,
          SshKeys.PORT,
          SshKeys.PREFERRED_AUTHENTICATIONS,
          SshKeys.PUBKEY_AUTHENTICATION,
          SshKeys.REVOKED_HOST_KEYS,
          SshKeys.SERVER_ALIVE_COUNT_MAX,
          SshKeys.SERVER_ALIVE_INTERVAL,
          SshKeys.STRICT_HOST_KEY_CHECKING,
          SshKeys.USER);

  /// Compared where they are whole lists: changes to OpenSSH's own lists are printed as the result.
  private static final List<SshKey<String>> ALGORITHMS =
      List.of(
          SshKeys.CIPHERS,
          SshKeys.HOST_KEY_ALGORITHMS,
          SshKeys.KEX_ALGORITHMS,
          SshKeys.MACS,
          SshKeys.PUBKEY_ACCEPTED_ALGORITHMS);

  private static final String PROXY_JUMP = "proxyjump";

  private Printed() {}

  /// The real lines in the same form, without what can't be compared.
  ///
  /// @param defaults what a machine without configuration prints
  static Map<String, Object> real(RealSsh.Answer answer, RealSsh.Answer defaults, SshOptions ours)
      throws BadValue {
    var printed = new TreeMap<String, Object>();
    SIMPLE.forEach(key -> printed.put(name(key), answer.all(name(key))));
    for (var key : ALGORITHMS) {
      var written = ours.find(key).map(Setting::value).orElse("");
      boolean changes = written.matches("[-+^].*");
      boolean changed = !answer.all(name(key)).equals(defaults.all(name(key)));
      printed.put(name(key), changes ? changed : answer.all(name(key)));
    }
    for (var key :
        List.of(
            SshKeys.CERTIFICATE_FILE,
            SshKeys.GLOBAL_KNOWN_HOSTS_FILE,
            SshKeys.HOST_KEY_ALIAS,
            SshKeys.HOST_NAME,
            SshKeys.IDENTITY_AGENT,
            SshKeys.IDENTITY_FILE,
            SshKeys.PROXY_COMMAND,
            SshKeys.USER_KNOWN_HOSTS_FILE)) {
      printed.put(name(key), answer.all(name(key)));
    }
    boolean quiet = ours.find(SshKeys.BATCH_MODE).filter(Setting::value).isPresent();
    if (quiet && ours.find(SshKeys.SERVER_ALIVE_INTERVAL).isEmpty()) {
      // Debian's ssh then has a default of its own.
      printed.put(name(SshKeys.SERVER_ALIVE_INTERVAL), defaults.all("serveraliveinterval"));
    }
    var jumps = answer.all(PROXY_JUMP);
    // A printed "none" is the name of a host; the comment makes it one here, too.
    printed.put(PROXY_JUMP, jumps.isEmpty() ? List.of() : JumpHost.chain(jumps.getFirst() + "#"));
    return printed;
  }

  static Map<String, Object> ours(SshOptions options, RealSsh.Answer defaults) {
    var printed = new TreeMap<String, Object>();
    for (var key : SIMPLE) {
      printed.put(
          name(key),
          options
              .find(key)
              .map(setting -> List.of(text(key, setting.value())))
              .orElse(defaults.all(name(key))));
    }
    for (var key : ALGORITHMS) {
      var written = options.find(key).map(Setting::value);
      boolean changes = written.filter(text -> text.matches("[-+^].*")).isPresent();
      printed.put(
          name(key), changes ? true : written.map(List::of).orElse(defaults.all(name(key))));
    }
    var identities = options.rawIdentityFiles().stream().map(Setting::value).toList();
    var identityFile = name(SshKeys.IDENTITY_FILE);
    printed.put(identityFile, identities.isEmpty() ? defaults.all(identityFile) : identities);
    printed.put(
        name(SshKeys.CERTIFICATE_FILE),
        options.rawCertificateFiles().stream().map(Setting::value).toList());
    printed.put(name(SshKeys.HOST_NAME), List.of(options.hostName()));
    printed.put(
        name(SshKeys.HOST_KEY_ALIAS), options.hostKeyAlias().map(Setting::value).stream().toList());
    printed.put(
        name(SshKeys.USER_KNOWN_HOSTS_FILE),
        options
            .userKnownHostsFiles()
            .map(files -> List.of(joined(files.value())))
            .orElse(defaults.all(name(SshKeys.USER_KNOWN_HOSTS_FILE))));
    printed.put(
        name(SshKeys.GLOBAL_KNOWN_HOSTS_FILE),
        options
            .globalKnownHostsFiles()
            .map(files -> List.of(joined(files.value())))
            .orElse(defaults.all(name(SshKeys.GLOBAL_KNOWN_HOSTS_FILE))));
    printed.put(name(SshKeys.IDENTITY_AGENT), agent(options));
    printed.put(
        name(SshKeys.PROXY_COMMAND),
        options.find(SshKeys.PROXY_COMMAND).map(Setting::value).stream()
            .filter(command -> !command.equalsIgnoreCase("none"))
            .toList());
    printed.put(PROXY_JUMP, options.find(SshKeys.PROXY_JUMP).map(Setting::value).orElse(List.of()));
    return printed;
  }

  private static List<String> agent(SshOptions options) {
    return options.find(SshKeys.IDENTITY_AGENT).stream()
        .map(written ->
            written.value().matches("none|SSH_AUTH_SOCK|\\$[^{].*")
                ? written.value()
                : String.valueOf(
                    options.identityAgent().orElseThrow().value().socket().orElseThrow()))
        .toList();
  }

  private static String joined(List<Path> paths) {
    return paths.isEmpty()
        ? "none"
        : paths.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  private static String name(SshKey<?> key) {
    return key.name().toLowerCase(Locale.ROOT);
  }

  private static String text(SshKey<?> key, Object value) {
    return switch (value) {
      case Boolean flag -> flag ? "yes" : "no";
      case Duration time -> String.valueOf(time.toSeconds());
      case Enum<?> one -> {
        var word = one.name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean family = key.equals(SshKeys.ADDRESS_FAMILY);
        yield family ? word : word.equals("yes") ? "true" : word.equals("no") ? "false" : word;
      }
      default -> value.toString();
    };
  }
}
