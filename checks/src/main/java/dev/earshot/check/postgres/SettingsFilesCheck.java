package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.evidence.PostgresHealth;
import java.util.List;

/// A line that the server can't use. While it runs, it keeps what it had; its next start fails, or
/// goes without the setting.
public final class SettingsFilesCheck implements Check {

  private static final String SQL =
      "select sourcefile, sourceline, name, error from pg_file_settings where error is not null";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.health"),
          List.of(
              new Threshold(
                  "any line with an error: high",
                  "PostgreSQL's manual on pg_file_settings: none of the files' changes is applied")),
          "psql -c \"" + SQL + "\"",
          "Correct the line, look at pg_file_settings again, and reload.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.settings-files",
        "The server can use every line of its configuration",
        Severity.HIGH,
        """
        One mistake in one line keeps every change in all files from being applied, and may keep the \
        server down after its next restart.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachHealth(info(), fleet, SettingsFilesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresHealth health) {
    if (health.mistakes().isEmpty()) {
      return server.unknown(
          "what is wrong in its configuration files is shown to superusers alone: allow the login user 'sudo -u postgres psql'");
    }
    List<String> told =
        health.mistakes().get().stream()
            .map(mistake ->
                "%s line %d: %s%s"
                    .formatted(
                        mistake.file(),
                        mistake.line(),
                        mistake.setting().isEmpty() ? "" : mistake.setting() + ": ",
                        mistake.error()))
            .toList();
    return told.isEmpty()
        ? server.pass("every line of its configuration files can be used")
        : server.fail(
            Severity.HIGH,
            "mistakes in configuration files: %s; limit none".formatted(JudgedServer.some(told)),
            server.byPeople("Correct the lines and reload before the server has to restart.", SQL));
  }
}
