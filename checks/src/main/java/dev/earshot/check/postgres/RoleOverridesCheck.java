package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `ALTER ROLE … SET` and `ALTER DATABASE … SET` stand above every file and show in none of them:
/// an administrator's `SHOW` tells another value than the application works with.
public final class RoleOverridesCheck implements Check {

  /// What hides damage or leaves rules out; never for an application.
  private static final Set<String> DANGEROUS =
      Set.of(
          "zero_damaged_pages",
          "ignore_checksum_failure",
          "ignore_system_indexes",
          "session_replication_role");

  private static final Set<String> HARMLESS = Set.of("off", "false", "no", "0", "origin", "local");

  /// What belongs to a role, as PostgreSQL's manual says: in a file it would hit dumps and
  /// migrations, too.
  private static final Set<String> OF_ROLES =
      Set.of(
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "lock_timeout",
          "statement_timeout",
          "transaction_timeout");

  private static final Card CARD =
      new Card(
          List.of("postgres.settings"),
          List.of(
              new Threshold(
                  "any but timeouts, which belong to roles: info",
                  "SHOW, asked by another role, does not tell them"),
              new Threshold(
                  "one that hides damage or leaves triggers and foreign keys out: high",
                  "PostgreSQL's manual, Developer Options, and session_replication_role")),
          "psql -c '\\drds'",
          "Keep them where they are meant, and write them into the playbook that sets up the role; take the others back with RESET.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.role-overrides",
        "Roles and databases work with the settings that the files tell",
        Severity.HIGH,
        """
        What is set for a role or database stands above every file. Whoever looks for the cause of \
        something in the files, or by SHOW as administrator, does not find it.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.each(info(), fleet, RoleOverridesCheck::judge);
  }

  private static Finding judge(JudgedServer server) {
    List<RoleSetting> overrides =
        server.settings().overrides().stream()
            .filter(override -> override.role().isEmpty() || !OF_ROLES.contains(override.name()))
            .toList();
    if (overrides.isEmpty()) {
      return server.pass(
          server.settings().overrides().isEmpty()
              ? "no role or database has settings of its own"
              : "roles have timeouts of their own and nothing else");
    }
    boolean dangerous = overrides.stream().anyMatch(RoleOverridesCheck::isDangerous);
    List<String> told =
        overrides.stream()
            .sorted(Comparator.comparing(override -> !isDangerous(override)))
            .map(override ->
                "%s SET %s = %s"
                    .formatted(
                        override.statement(),
                        override.name(),
                        override.value().isEmpty() ? "''" : override.value()))
            .toList();
    return server.fail(
        dangerous ? Severity.HIGH : Severity.INFO,
        "SHOW as administrator misleads: %s; limit none".formatted(JudgedServer.some(told)),
        new Remedy(
            dangerous
                ? "Take back with RESET what hides damage or leaves rules out, and see what it has done already."
                : "Keep those that are meant, where the next administrator finds them; take the others back with RESET.",
            "",
            List.of(
                "%s -c '\\drds'   # on %s"
                    .formatted(
                        server.settings().server().psql(),
                        Quoted.comment(server.host().name().value())))));
  }

  private static boolean isDangerous(RoleSetting override) {
    return DANGEROUS.contains(override.name())
        && !HARMLESS.contains(override.value().toLowerCase(Locale.ROOT));
  }
}
