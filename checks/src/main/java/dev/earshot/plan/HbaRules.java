package dev.earshot.plan;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.PgBouncerAccess;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// Answers as PostgreSQL or PgBouncer would whether a session gets in: the first rule that matches
/// decides, and where none does, the session is refused.
///
/// Sources: PostgreSQL's manual, chapter "The pg_hba.conf File"; PgBouncer's, "HBA file format".
///
/// @param file that holds the rules, for sentences
/// @param whole whether all of them are known, and all memberships
/// @param unread the first line that the server could not read; it then goes by what it read before
/// @param membership whether a role is another one or a member of it
/// @param own the server's own addresses, for `samehost`
record HbaRules(
    String file,
    boolean whole,
    Optional<Rule> unread,
    List<Rule> rules,
    BiPredicate<String, String> membership,
    Set<Address> own) {

  HbaRules {
    own = Set.copyOf(own);
  }

  static HbaRules of(PostgresHba hba, Set<Address> own) {
    return new HbaRules("pg_hba.conf", hba.whole(), hba.unread(), hba.rules(), hba::isMember, own);
  }

  /// PgBouncer ignores lines that it can't read, and knows no memberships.
  static HbaRules of(String file, PgBouncerAccess.Rules rules) {
    return new HbaRules(
        file, rules.whole(), Optional.empty(), rules.rules(), String::equals, Set.of());
  }

  /// Who wants in.
  ///
  /// @param encrypted by TLS
  record Session(String role, String database, Address client, boolean encrypted) {}

  /// What becomes of a session.
  sealed interface Answer {

    /// It is let in, once it has proved itself by the rule's method.
    record Admitted(Rule rule) implements Answer {}

    /// It is refused by a rule, or for want of one.
    record Refused(Optional<Rule> by) implements Answer {}

    /// That can't be told from here.
    record Open(String because) implements Answer {}
  }

  private enum Match {
    YES,
    NO,
    PERHAPS;

    Match and(Match other) {
      return this == NO || other == NO ? NO : this == YES ? other : PERHAPS;
    }

    static Match of(boolean matches) {
      return matches ? YES : NO;
    }
  }

  Answer answer(Session session) {
    if (unread.isPresent()) {
      return new Answer.Open(
          "line %d of %s can't be read, so the server goes by what it read before"
              .formatted(unread.get().line(), file));
    }
    if (!whole) {
      return new Answer.Open(
          "there are more lines in %s, or roles that are members of others, than are read"
              .formatted(file));
    }
    Optional<Rule> perhaps = Optional.empty();
    for (Rule rule : rules) {
      Match match = match(rule, session);
      if (match == Match.YES) {
        return differs(perhaps, rule.rejects())
            .orElse(
                rule.rejects() ? new Answer.Refused(Optional.of(rule)) : new Answer.Admitted(rule));
      } else if (match == Match.PERHAPS && perhaps.isEmpty()) {
        perhaps = Optional.of(rule);
      }
    }
    return differs(perhaps, true).orElse(new Answer.Refused(Optional.empty()));
  }

  /// A rule that may match decides nothing where a later one decides alike.
  private Optional<Answer> differs(Optional<Rule> perhaps, boolean rejected) {
    return perhaps
        .filter(rule -> rule.rejects() != rejected)
        .map(rule ->
            new Answer.Open(
                "whether line %d of %s matches can't be told from here"
                    .formatted(rule.line(), file)));
  }

  private Match match(Rule rule, Session session) {
    return type(rule, session)
        .and(any(rule.users(), user -> user(user, session)))
        .and(any(rule.databases(), database -> database(database, session)))
        .and(address(rule, session));
  }

  private static Match type(Rule rule, Session session) {
    return switch (rule.type()) {
      case "host", "hostnogssenc" -> Match.YES;
      case "hostssl" -> Match.of(session.encrypted());
      case "hostnossl" -> Match.of(!session.encrypted());
      default -> Match.NO;
    };
  }

  private static Match any(List<String> words, Function<String, Match> one) {
    Match any = Match.NO;
    for (String word : words) {
      Match match = one.apply(word);
      if (match == Match.YES) {
        return Match.YES;
      }
      any = match == Match.PERHAPS ? Match.PERHAPS : any;
    }
    return any;
  }

  /// Whether a name is no plain one: a pattern, or in a file that was not read.
  private static boolean isUntold(String word) {
    return word.startsWith("/") || word.startsWith("@");
  }

  private Match user(String word, Session session) {
    if (isUntold(word)) {
      return Match.PERHAPS;
    } else if (word.startsWith("+")) {
      return Match.of(membership.test(session.role(), word.substring(1)));
    }
    return Match.of(word.equals("all") || word.equals(session.role()));
  }

  private Match database(String word, Session session) {
    if (isUntold(word)) {
      return Match.PERHAPS;
    }
    return switch (word) {
      case "all" -> Match.YES;
      case "sameuser" -> Match.of(session.role().equals(session.database()));
      case "samerole", "samegroup" -> Match.of(membership.test(session.role(), session.database()));
      // Stands for connections that replicate, which name no database.
      case "replication" -> Match.NO;
      default -> Match.of(word.equals(session.database()));
    };
  }

  private Match address(Rule rule, Session session) {
    return switch (rule.address()) {
      case "all" -> Match.YES;
      case "samehost" -> Match.of(own.contains(session.client()) || session.client().isLoopback());
      // The widths of the server's own networks are not known.
      case "samenet" -> own.contains(session.client()) ? Match.YES : Match.PERHAPS;
      default -> numeric(rule, session);
    };
  }

  /// A rule that names a host is matched by the server's own look-up.
  private static Match numeric(Rule rule, Session session) {
    Optional<IpNumber> client = IpNumber.of(session.client());
    Optional<IpNumber> network = IpNumber.of(rule.address());
    if (client.isEmpty() || network.isEmpty()) {
      return Match.PERHAPS;
    }
    return IpNumber.of(rule.netmask())
        .map(mask -> Match.of(client.get().isWithin(network.get(), mask)))
        .orElse(Match.PERHAPS);
  }
}
