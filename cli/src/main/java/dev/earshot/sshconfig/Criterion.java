package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Words.Scanner;
import dev.earshot.sshconfig.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One condition of a `Match` line.
///
/// @param argument empty where there is none; of an unknown criterion, its name
record Criterion(Kind kind, boolean negated, String argument) {

  enum Kind {
    ALL,
    FINAL,
    HOST,
    ORIGINAL_HOST,
    USER,
    LOCAL_USER,
    EXEC,
    TAGGED,
    SESSION_TYPE,
    COMMAND,
    VERSION,
    LOCAL_NETWORK,
    /// Of an OpenSSH that is newer than Earshot, or misspelt.
    UNKNOWN
  }

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("all", Kind.ALL),
          Map.entry("final", Kind.FINAL),
          Map.entry("canonical", Kind.FINAL),
          Map.entry("host", Kind.HOST),
          Map.entry("originalhost", Kind.ORIGINAL_HOST),
          Map.entry("user", Kind.USER),
          Map.entry("localuser", Kind.LOCAL_USER),
          Map.entry("exec", Kind.EXEC),
          Map.entry("tagged", Kind.TAGGED),
          Map.entry("sessiontype", Kind.SESSION_TYPE),
          Map.entry("command", Kind.COMMAND),
          Map.entry("version", Kind.VERSION),
          Map.entry("localnetwork", Kind.LOCAL_NETWORK));

  /// What a `Match` line asks.
  ///
  /// @param all with unknown ones last: they only matter where the others hold
  /// @param wantsFinal asks for a second pass, whether it matches or not
  record Criteria(List<Criterion> all, boolean wantsFinal) {}

  static Criteria parse(String text) throws BadValue {
    var known = new ArrayList<Criterion>();
    var unknown = new ArrayList<Criterion>();
    boolean wantsFinal = false;
    var scanner = new Scanner(text);
    var word = scanner.next();
    while (!word.isEmpty() && !word.text().startsWith("#")) {
      boolean negated = word.text().startsWith("!");
      var name = word.text().substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      wantsFinal |= name.equals("final");
      var kind = KINDS.getOrDefault(name, Kind.UNKNOWN);
      if (kind == Kind.UNKNOWN) {
        var criterion = new Criterion(kind, negated, name);
        if (!name.matches("[a-z]+")) {
          throw criterion.unknown(); // nobody's, ever
        }
        unknown.add(criterion);
        scanner.next(); // all have an argument but the oldest
      } else {
        known.add(new Criterion(kind, negated, argument(kind, name, scanner)));
      }
      word = scanner.next();
      if (kind == Kind.ALL) {
        endAfterAll(word, known.size() + unknown.size() - 1);
        break;
      }
    }
    known.addAll(unknown);
    if (known.isEmpty()) {
      throw new BadValue("has no criterion", "write Match all, or Match host NAME");
    }
    return new Criteria(List.copyOf(known), wantsFinal);
  }

  private static String argument(Kind kind, String name, Scanner scanner) throws BadValue {
    return switch (kind) {
      case ALL, FINAL, UNKNOWN -> "";
      case HOST, ORIGINAL_HOST, USER, LOCAL_USER, SESSION_TYPE, VERSION ->
          argument(name, scanner.next());
      case TAGGED, COMMAND -> {
        var word = scanner.next();
        // empty quotes ask for nothing
        yield word.isEmpty() && !word.missing() ? "" : argument(name, word);
      }
      case EXEC -> {
        var command = argument(name, scanner.next());
        Expansion.checkTokens(command, Expansion.ALL_TOKENS);
        yield command;
      }
      case LOCAL_NETWORK -> {
        var list = argument(name, scanner.next());
        Networks.parse(list);
        yield list;
      }
    };
  }

  /// What to say where everything depends on an unknown one.
  BadValue unknown() {
    return new BadValue(
        "has the criterion '%s', which Earshot does not know".formatted(argument),
        "use " + String.join(", ", KINDS.keySet().stream().sorted().toList()));
  }

  private static String argument(String name, Word word) throws BadValue {
    if (word.isEmpty() || word.text().startsWith("#")) {
      throw new BadValue("has nothing behind '%s'".formatted(name), "write what it shall match");
    }
    return word.text();
  }

  /// Two criteria are one too many; one, such as `final`, is let through.
  private static void endAfterAll(Word next, int before) throws BadValue {
    boolean more = !next.isEmpty() && !next.text().startsWith("#");
    if (before > 1 || more) {
      throw new BadValue("has 'all' among other criteria", "leave 'all' or the others out");
    }
  }
}
