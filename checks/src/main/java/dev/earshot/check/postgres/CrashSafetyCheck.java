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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `fsync` and `full_page_writes` are what a server recovers from after a crash; off, PostgreSQL's
/// manual says, "unrecoverable data corruption" may follow. The others make damage look like data.
public final class CrashSafetyCheck implements Check {

  /// The safe value of each.
  private static final Map<String, String> SAFE =
      new TreeMap<>(
          Map.of(
              "fsync", "on",
              "full_page_writes", "on",
              "zero_damaged_pages", "off",
              "ignore_checksum_failure", "off",
              "ignore_system_indexes", "off"));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.crash-safety",
        "A crash can't corrupt the data",
        Severity.CRITICAL,
        """
        With fsync or full_page_writes off, the next power failure may leave a database that can't be \
        repaired; zero_damaged_pages and its kin hide such damage, or make it final.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("postgres.settings", "network.addresses", "network.listeners", "network.sockets"),
        List.of(),
        """
        # on the database's host: fsync and full_page_writes have to be on, the others off
        sudo -u postgres psql -X -c "select name, setting, unit, source, sourcefile, sourceline from pg_settings where name in ('fsync', 'full_page_writes', 'zero_damaged_pages', 'ignore_checksum_failure', 'ignore_system_indexes')"\
        """,
        "Set each back to its safe value and reload the server. If the server has crashed while fsync or full_page_writes was off, take a dump and restore it into a new cluster: damage may not show yet.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> judge(host, settings));
  }

  private List<Finding> judge(HostEvidence host, PostgresSettings settings) {
    List<Setting> read =
        SAFE.keySet().stream().flatMap(name -> settings.setting(name).stream()).toList();
    List<Finding> findings = new ArrayList<>();
    read.stream()
        .filter(setting -> !setting.value().equals(SAFE.get(setting.name())))
        .forEach(setting -> findings.add(fail(host, settings, setting)));
    if (findings.isEmpty()) {
      findings.add(
          Finding.of(
              info(),
              Servers.subject(host, settings),
              read.size() == SAFE.size()
                  ? new Verdict.Pass(
                      "%s: %s"
                          .formatted(
                              host.name(),
                              read.stream()
                                  .map(setting -> setting.name() + " is " + setting.value())
                                  .collect(Collectors.joining(", "))))
                  : new Verdict.Unknown(
                      "%s: only %d of the %d settings %s could be read (a role in pg_read_all_settings sees them)"
                          .formatted(
                              host.name(),
                              read.size(),
                              SAFE.size(),
                              String.join(", ", SAFE.keySet())))));
    }
    return findings;
  }

  private Finding fail(HostEvidence host, PostgresSettings settings, Setting setting) {
    String safe = SAFE.getOrDefault(setting.name(), "on");
    Subject subject = Servers.subject(host, settings, setting.name());
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.CRITICAL,
                "%s: %s; safe is %s".formatted(host.name(), ServerSetting.told(setting), safe)))
        .with(
            ServerSetting.alterSystem(
                host,
                settings,
                "Set it back and let the server read it (ignore_system_indexes needs new sessions).",
                setting.name(),
                safe));
  }
}
