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
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Counters;
import dev.earshot.evidence.PostgresHealth.Ends;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How long sessions last on average: as many as are open, divided by how many begin a second
/// (Little's law).
///
/// Limits: postgresqltuner calls a pool missing where sessions last less than a minute. Fewer than
/// one a second are watched over by monitoring, not by a service; statistics of less than an hour
/// know how a service starts, not how it works. Of several databases it is the one whose sessions
/// are shortest.
public final class ConnectionChurnCheck implements Check {

  private static final String ID = "postgres.connection-churn";

  private static final Limit.Time SHORT = new Limit.Time(ID, "short", Duration.ofMinutes(1));
  private static final double FEW = 1;
  private static final Duration ENOUGH = Duration.ofHours(1);

  private static final String SQL =
      "select datname, numbackends, sessions, now() - stats_reset as counting from pg_stat_database order by sessions desc";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health", "postgres.activity"),
          List.of(
              new Threshold(
                  "sessions last less than 1 min, and more than %.0f a second begin: medium"
                      .formatted(FEW),
                  "postgresqltuner: below a minute a pool is missing",
                  SHORT)),
          "psql -c \"" + SQL + "\"   # twice, a minute apart: how many sessions began?",
          "Let the application keep its connections in a pool, or put PgBouncer beside it.");

  /// Where few begin, it does not matter how long they last.
  private static final Comparator<Churn> WORST =
      Comparator.comparing((Churn churn) -> churn.rate() > FEW)
          .thenComparing((one, other) ->
              one.rate() > FEW
                  ? other.lasting().compareTo(one.lasting())
                  : Double.compare(one.rate(), other.rate()));

  /// @param rate sessions that begin in a second
  /// @param open how many are open
  private record Churn(String database, double rate, long open, Duration over) {

    Duration lasting() {
      return Duration.ofMillis(Math.round(1000 * Math.max(open, 1) / rate));
    }
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Applications keep their connections",
        Severity.MEDIUM,
        """
        Opening a connection takes several round trips, a password's verification and a new process \
        on the server. A request that begins so pays all of it, and far away it pays most.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, ConnectionChurnCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    Optional<PostgresActivity> activity = server.activity();
    if (health.counters().isEmpty() || activity.isEmpty()) {
      return server.unknown(PerDay.NOT_COUNTED);
    }
    List<Counters> counted =
        health.counters().get().stream().filter(one -> one.sessions().isPresent()).toList();
    if (counted.isEmpty()) {
      return server.notApplicable("PostgreSQL before 14 does not count sessions");
    }
    Optional<Churn> worst = counted.stream().flatMap(one -> churn(one, activity.get())).max(WORST);
    if (worst.isEmpty()) {
      return server.notApplicable(
          "its statistics count for less than %s".formatted(Spans.told(ENOUGH)));
    }
    Churn churn = worst.get();
    if (churn.rate() <= FEW) {
      return server.pass(
          String.format(
              Locale.ROOT,
              "%.2f sessions a second begin%s, counted over %s; limit %.0f",
              churn.rate(),
              churn.database().isEmpty() ? "" : " in " + churn.database(),
              Spans.told(churn.over()),
              FEW));
    }
    Duration limit = server.thresholds().of(SHORT);
    String told =
        String.format(
            Locale.ROOT,
            "%.1f sessions a second begin in %s, counted over %s, and last %s on average; limit %s",
            churn.rate(),
            churn.database(),
            Spans.told(churn.over()),
            Limit.Time.told(churn.lasting()),
            Limit.Time.told(limit));
    Measurement measured =
        Measurement.limited(
            "sessionSeconds",
            Millis.of(churn.lasting()) / 1000,
            Millis.of(limit) / 1000,
            "pg_stat_database");
    return churn.lasting().compareTo(limit) >= 0
        ? server.pass(told, measured)
        : server.fail(
            Severity.MEDIUM,
            told,
            server.byPeople(
                "Let the application keep its connections in a pool, or put PgBouncer beside it.",
                SQL),
            measured);
  }

  private static Stream<Churn> churn(Counters counters, PostgresActivity activity) {
    long open =
        activity.sessions().stream()
            .filter(sessions -> sessions.database().equals(counters.database()))
            .mapToLong(PostgresActivity.Sessions::count)
            .sum();
    return counters.counting().stream()
        .filter(time -> time.compareTo(ENOUGH) >= 0)
        .map(time ->
            new Churn(
                counters.database(),
                counters.sessions().map(Ends::all).orElse(0L) * 1000 / Millis.of(time),
                open,
                time));
  }
}
