package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.PostgresHealth.Shadowed;
import java.util.List;

/// `ALTER SYSTEM` writes `postgresql.auto.conf`, which is read after all other files and beats
/// them; and of two lines of one file the last one holds. That a file which is included says
/// otherwise than the one that includes it is what it is there for.
public final class SettingsSourcesCheck implements Check {

  private static final String SQL =
      "select name, sourcefile, sourceline, setting, applied from pg_file_settings where name in (select name from pg_file_settings group by name having count(distinct setting) > 1) order by name, seqno";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "a line with another value than the one of ALTER SYSTEM, or than a later one of its file: low",
                  "PostgreSQL's manual, Setting Parameters: postgresql.auto.conf overrides postgresql.conf")),
          "psql -c \"" + SQL + "\"",
          "Write the value that is meant into the file that the playbook manages, then ALTER SYSTEM RESET the setting, and remove double lines.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.settings-sources",
        "What a configuration file says holds",
        Severity.LOW,
        """
        Whoever reads the file, or writes it by a playbook, believes in a value that another line \
        beats; the next change there has no effect, and nobody is told.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, SettingsSourcesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.shadowed().isEmpty()) {
      return server.untold(
          health,
          "shadowed",
          "which lines of its files do not hold",
          "superusers alone see them (allow the login user 'sudo -u postgres psql')");
    }
    List<String> told =
        health.shadowed().get().stream().map(SettingsSourcesCheck::told).distinct().toList();
    return told.isEmpty()
        ? server.pass(
            "no line of its files is beaten by ALTER SYSTEM or by a later one of its file")
        : server.fail(
            Severity.LOW,
            "lines that do not hold: %s; limit none".formatted(JudgedServer.some(told)),
            server.byPeople(
                "Write what is meant into the file that is managed, ALTER SYSTEM RESET the setting, reload, and remove double lines.",
                SQL));
  }

  private static String told(Shadowed line) {
    return "%s in %s line %d (%s line %d holds)"
        .formatted(
            line.setting(),
            line.file(),
            line.line(),
            line.byFile().endsWith("postgresql.auto.conf") ? "ALTER SYSTEM," : "its",
            line.byLine());
  }
}
