package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// Autovacuum removes dead rows, keeps the planner's statistics fresh, and freezes old rows before
/// transaction ids run out. `track_counts` feeds it: without the counts it never finds work, by
/// PostgreSQL's manual ("Routine Vacuuming").
public final class AutovacuumCheck implements Check {

  private static final List<String> NEEDED = List.of("autovacuum", "track_counts");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.autovacuum",
        "Autovacuum works on the whole server",
        Severity.CRITICAL,
        """
        Without autovacuum tables and indexes grow for ever, plans rest on old statistics, and at \
        last the server refuses to write, to keep transaction ids from wrapping around.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(),
        """
        # on the database's host: both have to be on
        sudo -u postgres psql -X -c "select name, setting, unit, source, sourcefile, sourceline from pg_settings where name in ('autovacuum', 'track_counts')"\
        """,
        "Set autovacuum and track_counts to on and reload the server; nothing is restarted. After a long time without, vacuum the largest tables by hand first.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> List.of(judge(host, settings)));
  }

  private Finding judge(HostEvidence host, PostgresSettings settings) {
    Subject subject = Servers.subject(host, settings);
    List<Setting> read = NEEDED.stream().flatMap(name -> settings.setting(name).stream()).toList();
    Optional<Setting> off =
        read.stream().filter(setting -> !setting.value().equals("on")).findFirst();
    if (off.isPresent()) {
      return Finding.of(
              info(),
              subject,
              new Verdict.Fail(
                  Severity.CRITICAL,
                  "%s: %s; it has to be on".formatted(host.name(), ServerSetting.told(off.get()))))
          .with(
              ServerSetting.alterSystem(
                  host,
                  settings,
                  "Turn it on and let the server read it; nothing is restarted.",
                  off.get().name(),
                  "on"));
    }
    return Finding.of(
        info(),
        subject,
        read.size() == NEEDED.size()
            ? new Verdict.Pass("%s: autovacuum and track_counts are on".formatted(host.name()))
            : new Verdict.Unknown(
                "%s: autovacuum or track_counts could not be read".formatted(host.name())));
  }
}
