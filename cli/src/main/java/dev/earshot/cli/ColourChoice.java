package dev.earshot.cli;

import java.util.Locale;
import java.util.Map;

/// Whether colours are wanted: what the command line says, else the environment, else whether there
/// is a terminal that can.
enum ColourChoice {
  AUTO,
  ALWAYS,
  NEVER;

  static final String OPTION = "--color";

  /// Finds the choice on a command line before that is parsed, because it is for messages about the
  /// parsing, too. A wrong one is left for the parser to refuse.
  static ColourChoice of(String... arguments) {
    for (int at = 0; at < arguments.length; at++) {
      if (arguments[at].startsWith(OPTION + "=")) {
        return named(arguments[at].substring(OPTION.length() + 1));
      }
      if (arguments[at].equals(OPTION) && at + 1 < arguments.length) {
        return named(arguments[at + 1]);
      }
    }
    return AUTO;
  }

  private static ColourChoice named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "always" -> ALWAYS;
      case "never" -> NEVER;
      default -> AUTO;
    };
  }

  /// Without a choice, `NO_COLOR` counts most, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then what
  /// we see.
  boolean wantsColours(Map<String, String> environment, boolean isTerminal) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> {
        boolean forced =
            !environment.getOrDefault("FORCE_COLOR", "").isEmpty()
                || !environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0");
        yield environment.getOrDefault("NO_COLOR", "").isEmpty()
            && (forced || (isTerminal && !environment.getOrDefault("TERM", "").equals("dumb")));
      }
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
