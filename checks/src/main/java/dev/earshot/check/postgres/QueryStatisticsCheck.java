package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Evictions;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `pg_stat_statements` counts calls and time by statement, which is how anybody sees what a
/// request makes the database do. It costs a percent or two, and has to be there before it is
/// needed: preloading it takes a restart.
public final class QueryStatisticsCheck implements Check {

  private static final double OFTEN = 24;
  private static final Duration DAY = Duration.ofDays(1);

  private static final String SQL =
      "select name, setting from pg_settings where name in ('shared_preload_libraries', 'track_io_timing', 'compute_query_id')";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity"),
          List.of(
              new Threshold(
                  "not preloaded, or in none of the eight busiest databases: low",
                  "PostgreSQL's manual on pg_stat_statements: it needs both"),
              new Threshold(
                  "compute_query_id is off: low",
                  "PostgreSQL's manual on pg_stat_statements: it needs identifiers to be computed"),
              new Threshold(
                  "track_io_timing is off: low",
                  "without it no statement tells how long it waited for the disk"),
              new Threshold(
                  "statements thrown out of it more than %.0f times a day: low".formatted(OFTEN),
                  "PostgreSQL's manual on pg_stat_statements_info; our own choice: once an hour")),
          "psql -c \"" + SQL + "\"",
          "Preload pg_stat_statements at the next restart, CREATE EXTENSION pg_stat_statements in the application's database, and turn track_io_timing on.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.query-statistics",
        "Statements are counted and timed",
        Severity.LOW,
        """
        When requests are slow, it tells in a minute whether the database is, and what it waits for. \
        To preload pg_stat_statements takes a restart, which nobody wants at that moment; \
        track_io_timing takes none.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, QueryStatisticsCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    boolean counted = server.activity().flatMap(PostgresActivity::statements).isPresent();
    Optional<Setting> libraries = server.settings().setting("shared_preload_libraries");
    Optional<Setting> timing = server.settings().setting("track_io_timing");
    Optional<Setting> identified = server.settings().setting("compute_query_id");
    if (!counted && (libraries.isEmpty() || server.activity().isEmpty())) {
      return server.unknown(
          "whether pg_stat_statements is there could not be read (a role in pg_read_all_settings sees shared_preload_libraries)");
    } else if (!counted) {
      boolean preloaded =
          Arrays.stream(libraries.get().value().split(","))
              .map(name -> name.strip().replace("\"", ""))
              .anyMatch(name -> name.endsWith("pg_stat_statements"));
      return server.fail(
          Severity.LOW,
          preloaded
              ? "pg_stat_statements is preloaded, but not created in any of its busiest databases; limit one"
              : "pg_stat_statements is not in shared_preload_libraries; limit preloaded and created",
          server.byPeople(
              preloaded
                  ? "CREATE EXTENSION pg_stat_statements in the application's database; nothing is restarted."
                  : "Add pg_stat_statements to shared_preload_libraries, restart at the next opportunity, and CREATE EXTENSION pg_stat_statements in the application's database.",
              SQL));
    } else if (identified.filter(setting -> setting.value().equals("off")).isPresent()) {
      return server.fail(
          Severity.LOW,
          "%s: pg_stat_statements counts only what another module has told apart; limit auto or on"
              .formatted(ServerSetting.told(identified.get())),
          ServerSetting.alterSystem(
              server.host(),
              server.settings(),
              "Let the server tell statements apart again; nothing is restarted.",
              "compute_query_id",
              "auto"));
    } else if (timing.isEmpty()) {
      return server.unknown("track_io_timing could not be read");
    }
    Optional<Evictions> often =
        server
            .activity()
            .flatMap(PostgresActivity::evictions)
            .filter(evictions -> perDay(evictions) > OFTEN);
    if (often.isPresent()) {
      return server.fail(
          Severity.LOW,
          "pg_stat_statements threw out its rarest statements %.0f times a day; limit %.0f: what it adds up leaves these out"
              .formatted(perDay(often.get()), OFTEN),
          server.byPeople(
              "Raise pg_stat_statements.max at the next restart; many statements that differ in nothing but the length of a list need = ANY (array) instead of IN.",
              "select dealloc, stats_reset from pg_stat_statements_info"));
    }
    return timing.get().value().equals("on")
        ? server.pass("pg_stat_statements counts, and track_io_timing is on")
        : server.fail(
            Severity.LOW,
            "%s; limit on: statements do not tell how long they wait for the disk"
                .formatted(ServerSetting.told(timing.get())),
            ServerSetting.alterSystem(
                server.host(),
                server.settings(),
                "Turn it on and let the server read it; pg_test_timing tells what reading the clock costs.",
                "track_io_timing",
                "on"));
  }

  /// Less than a day counts as one.
  private static double perDay(Evictions evictions) {
    Duration counting = evictions.counting().orElse(DAY);
    return evictions.times()
        / (counting.compareTo(DAY) > 0 ? Millis.of(counting) / Millis.of(DAY) : 1);
  }
}
