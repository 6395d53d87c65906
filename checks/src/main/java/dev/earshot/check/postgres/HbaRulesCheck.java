package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may log in, by `pg_hba.conf`. With `trust` nobody has to prove who they are; `password`
/// sends passwords as they are; `md5` is deprecated since PostgreSQL 18. A rule for every address
/// leaves it to passwords alone, where the server listens on a network. A line with an error keeps
/// all changes of the file from taking effect, and the server from its next start.
public final class HbaRulesCheck implements Check {

  private static final String SQL =
      "select line_number, type, database, user_name, address, netmask, auth_method, error from pg_hba_file_rules";

  private static final Set<String> LOCAL = Set.of("", "localhost", "127.0.0.1", "::1", "samehost");

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.hba"),
          List.of(
              new Threshold("trust from a network: critical", "it asks for no proof at all"),
              new Threshold(
                  "trust from the host itself: medium", "every program there is every role then"),
              new Threshold(
                  "an error in a line: high", "the manual on pg_hba.conf: the file is not loaded"),
              new Threshold("password without TLS: high", "the manual on password authentication"),
              new Threshold(
                  "every address (0.0.0.0/0, ::/0, all), where the server listens on a network: medium, high by md5 or password",
                  "whoever reaches the port may guess"),
              new Threshold(
                  "md5: low", "deprecated by PostgreSQL 18, and a stolen hash is enough")),
          "psql -c \"" + SQL + "\"",
          "Name the networks that clients are in, ask for scram-sha-256, and reload.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.hba-rules",
        "Whoever logs in proves who they are, from where they are expected",
        Severity.CRITICAL,
        """
        With trust or a rule for the whole world, whoever reaches the port is one guess, or none, \
        away from all data. A line with an error waits for the next restart to keep the server down.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, HbaRulesCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    return switch (server.host().hba()) {
      case Evidence.Collected<List<PostgresHba>>(List<PostgresHba> all) ->
          all.stream()
              .filter(hba -> hba.server().equals(server.settings().server()))
              .findFirst()
              .map(hba -> judge(server, hba))
              .orElseGet(() -> server.unknown("it did not show the rules of pg_hba.conf"));
      case Evidence.Uncollected<List<PostgresHba>>(String reason) -> server.unknown(reason);
      case Evidence.Absent<List<PostgresHba>>() ->
          server.unknown("it was gone when it was asked for the rules of pg_hba.conf");
    };
  }

  private static Finding judge(JudgedServer server, PostgresHba hba) {
    boolean listens =
        Arrays.stream(server.settings().value("listen_addresses").split(","))
            .anyMatch(address -> !LOCAL.contains(address.strip()));
    List<Rule> rules = hba.rules();
    Optional<Severity> worst =
        rules.stream()
            .flatMap(rule -> severity(rule, listens).stream())
            .min(Comparator.naturalOrder());
    if (worst.isEmpty() && !hba.whole()) {
      return server.unknown(
          "the first %d rules of pg_hba.conf are well, and there may be more"
              .formatted(rules.size()));
    } else if (worst.isEmpty()) {
      return server.pass(
          "none of the %d rules of pg_hba.conf lets anybody in without proof, or from everywhere"
              .formatted(rules.size()));
    }
    List<String> told =
        rules.stream()
            .filter(rule -> severity(rule, listens).isPresent())
            .sorted(Comparator.comparing(rule -> severity(rule, listens).orElse(Severity.INFO)))
            .map(HbaRulesCheck::told)
            .toList();
    return server.fail(
        worst.get(),
        "pg_hba.conf, %s; limit scram-sha-256 or better from networks that are named"
            .formatted(JudgedServer.some(told)),
        server.byPeople(
            "Name the networks that clients are in, let them prove themselves by scram-sha-256, and reload; keep a session open until a new one gets in.",
            SQL));
  }

  /// Nothing where a rule is well.
  private static Optional<Severity> severity(Rule rule, boolean listens) {
    if (rule.error().isPresent()) {
      return Optional.of(Severity.HIGH);
    }
    boolean far = isFar(rule) && listens;
    boolean everywhere = far && isEverywhere(rule);
    return switch (rule.method()) {
      case "trust" -> Optional.of(far ? Severity.CRITICAL : Severity.MEDIUM);
      case "password" ->
          Optional.of(
              far && (everywhere || !rule.type().equals("hostssl")) ? Severity.HIGH : Severity.LOW);
      case "md5" -> Optional.of(everywhere ? Severity.HIGH : Severity.LOW);
      case "reject", "cert" -> Optional.empty();
      default -> everywhere ? Optional.of(Severity.MEDIUM) : Optional.empty();
    };
  }

  private static boolean isFar(Rule rule) {
    return !rule.type().equals("local")
        && !LOCAL.contains(rule.address())
        && !rule.address().startsWith("127.");
  }

  private static boolean isEverywhere(Rule rule) {
    return rule.address().equals("all")
        || rule.netmask().equals("0.0.0.0")
        || rule.netmask().equals("::");
  }

  private static String told(Rule rule) {
    return rule.error()
        .map(error -> "line %d: %s".formatted(rule.line(), error))
        .orElseGet(() ->
            "line %d: %s"
                .formatted(
                    rule.line(),
                    Stream.of(
                            rule.type(),
                            String.join(" ", rule.databases()),
                            String.join(" ", rule.users()),
                            rule.address(),
                            rule.netmask(),
                            rule.method())
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" "))));
  }
}
