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
import dev.earshot.evidence.PostgresHealth.Counters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many blocks were found in shared buffers. The rest was asked of the kernel, whose cache may
/// have had it: a low rate does not prove that disks are read.
///
/// Limits: 99 % is what PgHero asks for; below 90 % every tenth block is fetched. Fewer than a
/// million blocks tell nothing.
public final class CacheHitsCheck implements Check {

  private static final String ID = "postgres.cache-hits";

  private static final Limit.Share GOOD = new Limit.Share(ID, "good", new Percent(99));
  private static final Limit.Share POOR = new Limit.Share(ID, "poor", new Percent(90), GOOD);
  private static final long ENOUGH = 1_000_000;

  private static final String SQL =
      "select datname, blks_hit, blks_read, stats_reset from pg_stat_database order by blks_read"
          + " desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold("below 99 % of a million blocks or more: low", "PgHero", GOOD),
              new Threshold("below 90 %: medium", "every tenth block is fetched", POOR)),
          "psql -c \"" + SQL + "\"",
          "Look for statements that read much (pg_stat_statements, shared_blks_read) and for"
              + " missing indexes before you raise shared_buffers.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "What is read is in memory already",
        Severity.MEDIUM,
        """
        A block that is not in shared buffers has to be fetched from the kernel or the disk, which \
        takes from ten to ten thousand times as long.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, CacheHitsCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.counters().isEmpty()) {
      return server.unknown(PerDay.NOT_COUNTED);
    }
    Optional<Counters> worst =
        health.counters().get().stream()
            .filter(one -> !one.database().isEmpty() && asked(one) >= ENOUGH)
            .min(Comparator.comparingDouble(CacheHitsCheck::ratio));
    if (worst.isEmpty()) {
      return server.notApplicable(
          "no database was asked for a million blocks since its counters were reset");
    }
    Percent limit = server.thresholds().of(GOOD);
    Percent share = Percent.ofRatio(ratio(worst.get()));
    String told =
        "database %s found %s of %d million blocks in shared buffers; limit %s"
            .formatted(
                worst.get().database(),
                String.format(Locale.ROOT, "%.1f %%", share.value()),
                asked(worst.get()) / 1_000_000,
                limit);
    Measurement measured =
        Measurement.limited("cacheHitsPercent", share.value(), limit.value(), "pg_stat_database");
    return share.compareTo(limit) >= 0
        ? server.pass(told, measured)
        : server.fail(
            share.compareTo(server.thresholds().of(POOR)) < 0 ? Severity.MEDIUM : Severity.LOW,
            told,
            server.byPeople(
                "Find the statements that read most, by shared_blks_read in pg_stat_statements, and"
                    + " whether an index is missing; then see whether shared_buffers is a quarter"
                    + " of the memory.",
                SQL),
            measured);
  }

  private static long asked(Counters counters) {
    return counters.blocksHit() + counters.blocksRead();
  }

  private static double ratio(Counters counters) {
    return (double) counters.blocksHit() / Math.max(1, asked(counters));
  }
}
