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
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// Checksums tell a page that the disk changed from one that PostgreSQL wrote. `initdb` turns them
/// on by itself since PostgreSQL 18; before, it had to be asked.
public final class DataChecksumsCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.data-checksums",
        "Pages carry checksums",
        Severity.LOW,
        """
        Without checksums a page that a disk or controller has damaged is taken for data, copied to \
        the backups, and noticed when the last good one is gone.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(),
        """
        # on the database's host
        sudo -u postgres psql -X -c 'show data_checksums'\
        """,
        "Stop the server cleanly, run pg_checksums --enable on its data directory, and start it; with standbys, do so on every one before any starts.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(host, settings)));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    Optional<Setting> setting = settings.setting("data_checksums");
    if (setting.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown("%s: data_checksums could not be read".formatted(host.name())));
    }
    String told = "%s: %s".formatted(host.name(), ServerSetting.told(setting.get()));
    if (setting.get().value().equals("on")) {
      return Finding.of(info(), subject, new Verdict.Pass(told));
    }
    return Finding.of(info(), subject, new Verdict.Fail(Severity.LOW, told + "; it should be on"))
        .with(
            new Remedy(
                "Stop the server cleanly, run pg_checksums --enable on its data directory, and start it; with standbys, do so on every one before any starts.",
                "",
                List.of(ServerSetting.show(host, settings, "name = 'data_checksums'"))));
  }
}
