package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A superuser runs programs on the database's host (`COPY … TO PROGRAM`), reads its files, and is
/// asked for no permission. The image of PostgreSQL makes one of `POSTGRES_USER`.
public final class ApplicationRolesCheck implements Check {

  private static final String SQL =
      "select usename, client_addr, count(*) from pg_stat_activity join pg_roles on rolname = usename where rolsuper and client_addr is not null group by 1, 2";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.activity", "postgres.health"),
          List.of(
              new Threshold(
                  "a superuser has sessions over the network: medium",
                  "PostgreSQL's manual, Role Attributes: do most of your work as a role that is not a superuser")),
          "psql -c \"" + SQL + "\"",
          "Give the application a role of its own that owns its database and is no superuser; in a container that was made with POSTGRES_USER, make one beside it.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.application-roles",
        "Nobody comes over the network as superuser",
        Severity.MEDIUM,
        """
        One hole in the application is then one in the host: a superuser runs programs there, reads \
        every file of the server, and takes the connections that are kept for emergencies.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, ApplicationRolesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (server.activity().isEmpty() || !server.activity().get().showsStates()) {
      return server.unknown(JudgedServer.NO_SESSIONS);
    }
    List<Sessions> remote =
        server.activity().get().sessions().stream()
            .filter(sessions -> sessions.client().filter(from -> !from.isLoopback()).isPresent())
            .toList();
    if (remote.isEmpty()) {
      return server.notApplicable("nobody is connected over the network");
    } else if (health.roles().isEmpty()) {
      return server.untold(health, "roles", "which roles are superusers", JudgedServer.IN_TIME);
    }
    Set<String> superusers =
        health.roles().get().stream()
            .filter(Role::superuser)
            .map(Role::name)
            .collect(Collectors.toSet());
    List<String> told =
        remote.stream()
            .filter(sessions -> superusers.contains(sessions.role()))
            .map(sessions ->
                "%s from %s".formatted(sessions.role(), sessions.client().orElseThrow().value()))
            .distinct()
            .toList();
    return told.isEmpty()
        ? server.pass("the sessions over the network are of ordinary roles")
        : server.fail(
            Severity.MEDIUM,
            "superusers are connected over the network: %s; limit none"
                .formatted(JudgedServer.some(told)),
            server.byPeople(
                "Give the application a role that owns its database and is no superuser, and let pg_hba.conf take superusers by the socket alone.",
                SQL));
  }
}
