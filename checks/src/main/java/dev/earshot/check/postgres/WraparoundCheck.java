package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Age;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Transaction ids are 32 bits wide. A row that was not frozen before 2^31 of them are used up
/// would seem to lie in the future, so that the server refuses to give out more ("Preventing
/// Transaction ID Wraparound Failures" in PostgreSQL's manual). The same holds for the ids of
/// shared locks.
///
/// Limits: autovacuum freezes at a tenth by default, so that half is a sign that it does not come
/// through; at three quarters vacuum leaves all else aside (`vacuum_failsafe_age`); with 40 million
/// left the server warns, and with 3 million it refuses.
public final class WraparoundCheck implements Check {

  private static final String ID = "postgres.wraparound";

  private static final long ALL = 1L << 31;
  private static final Limit.Share MANY = new Limit.Share(ID, "many", new Percent(50));
  private static final Limit.Share FAILSAFE =
      new Limit.Share(ID, "failsafe", new Percent(75), MANY);
  private static final Limit.Share NEARLY_ALL =
      new Limit.Share(ID, "nearly_all", new Percent(98), FAILSAFE);

  /// Their values as they come.
  private static final Map<String, String> FREEZES_AT =
      new TreeMap<>(
          Map.of(
              "autovacuum_freeze_max_age", "200000000",
              "autovacuum_multixact_freeze_max_age", "400000000"));

  private static final String SQL =
      "select datname, age(datfrozenxid), mxid_age(datminmxid) from pg_database order by 2 desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "half of 2^31 ids used: medium",
                  "autovacuum_freeze_max_age is a tenth by default",
                  MANY),
              new Threshold(
                  "autovacuum_freeze_max_age, or that of multixacts, above half of them: medium",
                  "PostgreSQL's manual: vacuum against wraparound is due only then"),
              new Threshold("75 %: high", "vacuum_failsafe_age, PostgreSQL's manual", FAILSAFE),
              new Threshold(
                  "98 %: critical",
                  "40 million left, where the server begins to warn", NEARLY_ALL)),
          "psql -c \"" + SQL + "\"",
          "Take away what holds the oldest id (transactions, slots, prepared transactions), then VACUUM (FREEZE) the oldest tables.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Transaction ids are far from running out",
        Severity.CRITICAL,
        """
        When the ids run out, the server refuses every write until old rows are frozen, which takes \
        hours in a large database.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, WraparoundCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    Optional<Age> oldest =
        health.ages().stream()
            .flatMap(List::stream)
            .max(Comparator.comparingLong(WraparoundCheck::used));
    if (oldest.isEmpty()) {
      return server.unknown("the age of its databases could not be read");
    }
    Percent limit = server.thresholds().of(MANY);
    long used = used(oldest.get());
    Percent share = Percent.ofRatio((double) used / ALL);
    String told =
        "database %s has used %s of 2^31 %s; limit %s"
            .formatted(
                oldest.get().database(),
                share,
                used == oldest.get().transactions() ? "transaction ids" : "multixact ids",
                limit);
    Measurement measured =
        Measurement.limited("idsUsedPercent", share.value(), limit.value(), "pg_database");
    return share.compareTo(limit) <= 0
        ? frozenInTime(server, told, measured)
        : server.fail(
            share.compareTo(server.thresholds().of(NEARLY_ALL)) > 0
                ? Severity.CRITICAL
                : share.compareTo(server.thresholds().of(FAILSAFE)) > 0
                    ? Severity.HIGH
                    : Severity.MEDIUM,
            told,
            server.byPeople(
                "Find what keeps the oldest id (open and prepared transactions, replication slots), end it, and VACUUM (FREEZE) the oldest tables of that database.",
                SQL),
            measured);
  }

  /// Where few ids are used, those of later on depend on when autovacuum begins to freeze.
  private static Finding frozenInTime(JudgedServer server, String told, Measurement measured) {
    Percent limit = server.thresholds().of(MANY);
    return FREEZES_AT.keySet().stream()
        .flatMap(name -> server.settings().setting(name).stream())
        .filter(setting -> server.settings().count(setting.name()).isPresent())
        .filter(setting -> beginsAt(setting).compareTo(limit) > 0)
        .findFirst()
        .map(setting ->
            server.fail(
                Severity.MEDIUM,
                "%s, so that autovacuum begins to freeze at %s of 2^31 ids; limit %s"
                    .formatted(ServerSetting.told(setting), beginsAt(setting), limit),
                ServerSetting.alterSystem(
                    server.host(),
                    server.settings(),
                    "Set it back to how it comes; it takes effect at the next restart, after which autovacuum has much to do at once.",
                    setting.name(),
                    FREEZES_AT.getOrDefault(setting.name(), "")),
                measured))
        .orElseGet(() -> server.pass(told, measured));
  }

  private static Percent beginsAt(Setting setting) {
    return Percent.ofRatio(Double.parseDouble(setting.value()) / ALL);
  }

  private static long used(Age age) {
    return Math.max(age.transactions(), age.multixacts());
  }
}
