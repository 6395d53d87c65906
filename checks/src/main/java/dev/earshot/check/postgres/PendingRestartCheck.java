package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A setting that was changed and waits for a restart: the server runs with another value than its
/// files tell, and the next restart, perhaps in an outage, changes more than anybody expects.
public final class PendingRestartCheck implements Check {

  private static final int NAMED = 10;

  /// Those of memory that take a restart and are told in blocks.
  private static final Set<String> IN_BLOCKS = Set.of("shared_buffers", "wal_buffers");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.pending-restart",
        "The server runs with the settings that its files tell",
        Severity.MEDIUM,
        """
        What was changed without a restart is not in force, though everybody who reads the file \
        believes so; the next restart brings all of it at once.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(),
        """
        # on the database's host: what waits for a restart, with the value still in force
        sudo -u postgres psql -X -c "select name, setting, sourcefile, sourceline from pg_settings where pending_restart"\
        """,
        "Restart PostgreSQL at a time of your choice, or take the change back in the file and reload the server.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(host, settings)));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    List<Setting> pending =
        settings.settings().values().stream()
            .filter(Setting::pendingRestart)
            .sorted(Comparator.comparing(Setting::name))
            .toList();
    if (pending.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass("%s: no setting waits for a restart".formatted(host.name())));
    }
    String told =
        pending.stream()
            .limit(NAMED)
            .map(setting ->
                "%s (still %s; %s)"
                    .formatted(setting.name(), inForce(settings, setting), setting.origin()))
            .collect(Collectors.joining(", "));
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.MEDIUM,
                "%s: %d waiting for a restart: %s%s"
                    .formatted(
                        host.name(), pending.size(), told, pending.size() > NAMED ? ", …" : "")))
        .with(
            new Remedy(
                "Restart PostgreSQL at a time of your choice, or take the change back.",
                "",
                List.of(ServerSetting.show(host, settings, "pending_restart"))));
  }

  private static String inForce(PostgresSettings settings, Setting setting) {
    return IN_BLOCKS.contains(setting.name())
        ? ServerSetting.blocks(settings, setting.name())
            .map(Bytes::toString)
            .orElse(setting.value())
        : setting.value();
  }
}
