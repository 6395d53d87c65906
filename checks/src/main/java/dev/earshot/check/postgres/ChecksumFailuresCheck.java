package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Counters;
import java.util.List;

/// A page whose checksum was wrong when it was read was changed by something else than PostgreSQL:
/// a disk, a controller, memory, or somebody who copied files of a running server.
public final class ChecksumFailuresCheck implements Check {

  private static final String SQL =
      "select datname, checksum_failures, checksum_last_failure from pg_stat_database where checksum_failures > 0";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "any: critical", "a damaged page is lost data until a backup proves otherwise")),
          "psql -c \"" + SQL + "\"",
          "Keep the oldest good backup, look for errors of disk and memory, find the relation in the server's log, and restore it.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.checksum-failures",
        "No page was found damaged",
        Severity.CRITICAL,
        """
        The hardware changes data behind PostgreSQL's back. Every day that passes replaces another \
        good backup with one that may have the damage in it.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, ChecksumFailuresCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.counters().isEmpty()) {
      return server.unknown(PerDay.NOT_COUNTED);
    }
    List<Counters> checked =
        health.counters().get().stream().filter(one -> one.checksumFailures().isPresent()).toList();
    if (checked.isEmpty()) {
      return server.notApplicable(
          "its pages have no checksums, so that damage would not be noticed");
    }
    List<Counters> damaged = checked.stream().filter(one -> failures(one) > 0).toList();
    long all = damaged.stream().mapToLong(ChecksumFailuresCheck::failures).sum();
    Measurement measured = Measurement.limited("checksumFailures", all, 0, "pg_stat_database");
    if (damaged.isEmpty()) {
      return server.pass("no page had a wrong checksum; limit 0", measured);
    }
    List<String> told =
        damaged.stream()
            .map(one ->
                "%d in %s"
                    .formatted(
                        failures(one),
                        one.database().isEmpty() ? "what all databases share" : one.database()))
            .toList();
    return server.fail(
        Severity.CRITICAL,
        "pages with a wrong checksum: %s; limit 0".formatted(JudgedServer.some(told)),
        server.byPeople(
            "Keep the oldest backup, see the kernel's log for errors of disk and memory, find the file in the server's log ('page verification failed'), and restore from before the damage.",
            SQL),
        measured);
  }

  private static long failures(Counters counters) {
    return counters.checksumFailures().orElse(0L);
  }
}
