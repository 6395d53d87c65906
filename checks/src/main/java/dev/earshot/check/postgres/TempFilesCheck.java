package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.PostgresHealth;
import java.util.List;
import java.util.Optional;

/// A sort or hash that does not fit into `work_mem` goes to temporary files.
///
/// Limit: 10 GiB a day are 120 KiB a second on average, which no disk feels. Counters are rated by
/// the day, over the time since they were reset.
public final class TempFilesCheck implements Check {

  private static final Bytes MUCH = Bytes.ofKiB(10L * 1024 * 1024);

  private static final String SQL =
      "select datname, temp_files, pg_size_pretty(temp_bytes), stats_reset from pg_stat_database order by temp_bytes desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "more than 10 GiB a day in a database: low",
                  "less is 120 KiB a second on average, which no disk feels")),
          "psql -c \"" + SQL + "\"",
          "Set log_temp_files to see which statements they are, and raise work_mem for the role that runs them.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.temp-files",
        "Sorts and hashes fit into memory",
        Severity.LOW,
        """
        What does not fit into work_mem is written to disk and read again, and its statement takes \
        many times as long.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, TempFilesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    Optional<PerDay> worst = PerDay.most(health, counters -> counters.tempBytes().value());
    if (worst.isEmpty()) {
      return server.unknown(PerDay.NOT_COUNTED);
    }
    Bytes perDay = new Bytes(Math.round(worst.get().rate()));
    String told =
        "%s of temporary files a day%s, counted over %s; limit %s"
            .formatted(perDay, worst.get().where(), worst.get().over(), MUCH);
    Measurement measured =
        Measurement.limited(
            "tempFilesBytesPerDay", perDay.value(), MUCH.value(), "pg_stat_database");
    return perDay.compareTo(MUCH) <= 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.LOW,
            told,
            server.byPeople(
                "Set log_temp_files = '10MB' to see the statements, and raise work_mem for the role that runs them, not for the server: each sort of each session may take it.",
                SQL),
            measured);
  }
}
