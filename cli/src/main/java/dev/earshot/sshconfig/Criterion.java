package dev.earshot.sshconfig;

import dev.earshot.sshconfig.Words.Scanner;
import dev.earshot.sshconfig.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One condition of a `Match` line.
///
/// @param argument empty where there is none
record Criterion(Kind kind, boolean negated, String argument) {

  enum Kind {
    ALL,
    FINAL,
    HOST,
    ORIGINAL_HOST,
    USER,
    LOCAL_USER,
    EXEC
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "all", Kind.ALL,
          "final", Kind.FINAL,
          "canonical", Kind.FINAL,
          "host", Kind.HOST,
          "originalhost", Kind.ORIGINAL_HOST,
          "user", Kind.USER,
          "localuser", Kind.LOCAL_USER,
          "exec", Kind.EXEC);

  /// What a `Match` line asks.
  ///
  /// @param wantsFinal asks for a second pass, whether it matches or not
  record Criteria(List<Criterion> all, boolean wantsFinal) {}

  static Criteria parse(String text) throws BadValue {
    var criteria = new ArrayList<Criterion>();
    boolean wantsFinal = false;
    var scanner = new Scanner(text);
    while (true) {
      var word = scanner.next();
      if (word.isEmpty() || word.text().startsWith("#")) {
        break;
      }
      boolean negated = word.text().startsWith("!");
      var name = word.text().substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      var kind = KINDS.get(name);
      if (kind == null) {
        throw new BadValue(
            "has the criterion '%s', which OpenSSH 9.2 does not know".formatted(name),
            "use " + String.join(", ", KINDS.keySet().stream().sorted().toList()));
      }
      wantsFinal |= name.equals("final");
      switch (kind) {
        case ALL -> {
          endAfterAll(scanner.next(), criteria.size());
          criteria.add(new Criterion(kind, negated, ""));
          return new Criteria(List.copyOf(criteria), wantsFinal);
        }
        case FINAL -> criteria.add(new Criterion(kind, negated, ""));
        case HOST, ORIGINAL_HOST, USER, LOCAL_USER ->
            criteria.add(new Criterion(kind, negated, argument(name, scanner.next())));
        case EXEC -> {
          var command = argument(name, scanner.next());
          Expansion.checkTokens(command, Expansion.ALL_TOKENS);
          criteria.add(new Criterion(kind, negated, command));
        }
      }
    }
    if (criteria.isEmpty()) {
      throw new BadValue("has no criterion", "write Match all, or Match host NAME");
    }
    return new Criteria(List.copyOf(criteria), wantsFinal);
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
