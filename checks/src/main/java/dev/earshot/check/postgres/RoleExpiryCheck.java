package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `VALID UNTIL` ends a role's password. Sessions that are open stay open, so that it shows when a
/// pool opens the next one.
///
/// Limit: check_postgres and pgmetrics warn a week before.
public final class RoleExpiryCheck implements Check {

  private static final String ID = "postgres.role-expiry";

  private static final Limit.Time SOON = new Limit.Time(ID, "soon", Duration.ofDays(7));

  private static final String SQL =
      "select rolname, rolvaliduntil from pg_roles where rolcanlogin and rolvaliduntil is not null order by 2";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity", "postgres.health"),
          List.of(
              new Threshold(
                  "a role that holds sessions can't log in any more: high",
                  "PostgreSQL's manual on VALID UNTIL: the next login by password is refused"),
              new Threshold(
                  "a role's password ends in 7 d or less: medium", "a week to act", SOON)),
          "psql -c \"" + SQL + "\"",
          "Give the role a new password and a later end: ALTER ROLE app VALID UNTIL '…', or 'infinity'.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Every password that is used is valid for long",
        Severity.HIGH,
        """
        From that second on, no pool opens another connection; those that are open hide it until the \
        next restart, which is when nobody looks for it.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Instant now = fleet.evidence().takenAt();
    return Servers.eachHealth(info(), fleet, (server, health) -> judge(server, health, now));
  }

  private static Finding judge(JudgedServer server, PostgresHealth health, Instant now) {
    if (health.roles().isEmpty()) {
      return server.untold(health, "roles", "until when passwords are valid", JudgedServer.IN_TIME);
    }
    Optional<Set<String>> connected = server.activity().map(RoleExpiryCheck::roles);
    Duration limit = server.thresholds().of(SOON);
    List<String> ended = new ArrayList<>();
    List<String> soon = new ArrayList<>();
    List<String> perhaps = new ArrayList<>();
    for (Role role : health.roles().get()) {
      role.validUntil()
          .ifPresent(end -> {
            Duration left = Duration.between(now, end);
            if (!left.isPositive() && connected.isEmpty()) {
              perhaps.add(role.name());
            } else if (!left.isPositive() && connected.get().contains(role.name())) {
              ended.add("%s's has ended and holds sessions".formatted(role.name()));
            } else if (left.isPositive() && left.compareTo(limit) <= 0) {
              soon.add("%s's ends in %s".formatted(role.name(), Spans.told(left)));
            }
          });
    }
    if (ended.isEmpty() && soon.isEmpty() && !perhaps.isEmpty()) {
      return server.unknown(
          "the passwords of %s have ended, and whether they hold sessions could not be read"
              .formatted(JudgedServer.some(perhaps)));
    } else if (ended.isEmpty() && soon.isEmpty()) {
      return server.pass(
          "no password of a role that is used ends within %s".formatted(Spans.told(limit)));
    }
    List<String> told = new ArrayList<>(ended);
    told.addAll(soon);
    perhaps.forEach(role ->
        told.add(
            "%s's has ended, and whether it holds sessions could not be read".formatted(role)));
    return server.fail(
        ended.isEmpty() ? Severity.MEDIUM : Severity.HIGH,
        "passwords: %s; limit %s ahead".formatted(JudgedServer.some(told), Spans.told(limit)),
        server.byPeople(
            "Give each a new password and a later end (ALTER ROLE … VALID UNTIL), and the application the new one, before its pool opens the next connection.",
            SQL));
  }

  private static Set<String> roles(PostgresActivity activity) {
    return activity.sessions().stream().map(Sessions::role).collect(Collectors.toSet());
  }
}
