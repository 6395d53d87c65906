package dev.earshot.sshconfig;

import java.util.List;

/// Holds the criteria of `Match` lines against one host.
///
/// @param host the name in this pass
/// @param original the name as given
/// @param isFinal in the second pass
/// @param command what is to be run there; empty where the host is only a way to another one
record Matcher(
    LocalUser user,
    ShellCommand shell,
    String host,
    String original,
    boolean isFinal,
    String command) {

  /// The release whose criteria these are, as it calls itself.
  private static final String VERSION = "OpenSSH_10.0p2";

  boolean matches(List<Criterion> criteria, Values values) throws BadValue {
    var now = hostNow(values);
    boolean result = true;
    for (var each : criteria) {
      result = result && each.negated() != holds(each, now, values);
    }
    return result;
  }

  private boolean holds(Criterion criterion, String now, Values values) throws BadValue {
    return switch (criterion.kind()) {
      case ALL -> true;
      case FINAL -> isFinal;
      case HOST -> Wildcard.matchesNames(now, criterion.argument());
      case ORIGINAL_HOST -> Wildcard.matchesNames(original, criterion.argument());
      case USER -> Wildcard.matchesList(login(values), criterion.argument());
      case LOCAL_USER -> Wildcard.matchesList(user.name(), criterion.argument());
      case EXEC -> shell.succeeds(asked(criterion, now, values));
      case TAGGED -> fits(values.value(SshKeys.TAG).orElse(""), criterion);
      case SESSION_TYPE ->
          Wildcard.matchesList(command.isEmpty() ? "none" : "exec", criterion.argument());
      case COMMAND -> fits(command, criterion);
      case VERSION -> Wildcard.matchesList(VERSION, criterion.argument());
      case LOCAL_NETWORK -> Networks.parse(criterion.argument()).holdThisMachine();
      case UNKNOWN -> throw criterion.unknown();
    };
  }

  /// Nothing is matched by nothing alone, whatever the pattern.
  private static boolean fits(String text, Criterion criterion) {
    return text.isEmpty()
        ? criterion.argument().isEmpty()
        : Wildcard.matchesList(text, criterion.argument());
  }

  /// The name to connect to, as far as it is known by now.
  private String hostNow(Values values) {
    var name = values.value(SshKeys.HOST_NAME);
    if (isFinal || name.isEmpty()) {
      return name.orElse(host);
    }
    try {
      return Expansion.percent(name.get(), Tokens.ofHostName(host));
    } catch (BadValue _) {
      return host; // told where the name is taken into use
    }
  }

  private String login(Values values) {
    return values.value(SshKeys.USER).orElse(user.name());
  }

  private String asked(Criterion criterion, String now, Values values) throws BadValue {
    var tokens =
        new Tokens(
            user,
            now,
            original,
            values.value(SshKeys.HOST_KEY_ALIAS).orElse(now),
            values.value(SshKeys.PORT).orElse(Tokens.DEFAULT_PORT),
            login(values));
    return Expansion.percent(criterion.argument(), tokens.all());
  }
}
