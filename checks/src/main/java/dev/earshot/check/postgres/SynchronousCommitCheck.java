package dev.earshot.check.postgres;

import dev.earshot.budget.CommitCost;
import dev.earshot.budget.CommitSetting;
import dev.earshot.budget.Databases;
import dev.earshot.budget.RequestCost;
import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Profile;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// With `synchronous_commit = off` a crash loses the commits of the last moments, up to three times
/// `wal_writer_delay` by PostgreSQL's manual, though clients were told that they are safe. People
/// turn it off to make things faster and seldom learn how little it brought.
///
/// Those who deploy Lemmy with lemmy-ansible have it off by its `examples/customPostgresql.conf`.
/// They are told what that means, for information.
public final class SynchronousCommitCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "postgres.synchronous-commit",
        "Every application role commits durably",
        Severity.MEDIUM,
        """
        With synchronous_commit off, a crash loses commits that the application believes done. What \
        it saves is one flush of the disk a commit, which is seldom what makes requests slow.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "haproxy.stats",
            "lemmy.database",
            "lemmy.nodeinfo",
            "machine.cpu",
            "machine.disks",
            "machine.processes",
            "network.addresses",
            "network.listeners",
            "network.pings",
            "network.tunnels",
            "network.sockets",
            "postgres.activity",
            "postgres.settings"),
        List.of(
            new Card.Threshold(
                "off, by the profile lemmy: info",
                "examples/customPostgresql.conf of lemmy-ansible has it off; up to three times wal_writer_delay of commits are lost, and nothing is corrupted"),
            new Card.Threshold(
                "off, by any other profile: medium",
                "PostgreSQL's manual: a crash loses up to three times wal_writer_delay of commits")),
        """
        # on the database's host: off loses commits in a crash
        sudo -u postgres psql -X -c "select name, setting, unit, source, sourcefile, sourceline from pg_settings where name = 'synchronous_commit'"
        # what is set for single roles and databases, which stands above the file
        sudo -u postgres psql -X -c "select setrole::regrole, setdatabase, setconfig from pg_db_role_setting"\
        """,
        "Set synchronous_commit to on and reload the server, or take the role's or database's override back. Measure first what it would save: one flush of the disk a commit, seldom what makes requests slow.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.judge(info(), fleet, (host, settings) -> judge(fleet, host, settings));
  }

  private List<Finding> judge(Fleet fleet, HostEvidence host, PostgresSettings settings) {
    if (settings.setting("synchronous_commit").isEmpty()) {
      return List.of(
          Finding.of(
              info(),
              Servers.subject(host, settings),
              new Verdict.Unknown(
                  host.name()
                      + ": synchronous_commit could not be read, or is set for the auditing role alone")));
    }
    List<CommitSetting> all =
        CommitSetting.of(settings, Databases.activity(host, settings.server()));
    Map<String, List<CommitSetting>> bySource =
        all.stream()
            .filter(CommitSetting::losesCommits)
            .collect(
                Collectors.groupingBy(
                    CommitSetting::source, LinkedHashMap::new, Collectors.toList()));
    if (bySource.isEmpty()) {
      return List.of(
          Finding.of(
              info(),
              Servers.subject(host, settings),
              new Verdict.Pass(
                  "%s: synchronous_commit is %s for %s, set in %s"
                      .formatted(
                          host.name(),
                          all.getFirst().value(),
                          who(all),
                          all.getFirst().source()))));
    }
    return bySource.values().stream()
        .map(settingsOff -> fail(fleet, host, settings, settingsOff))
        .toList();
  }

  private Finding fail(
      Fleet fleet, HostEvidence host, PostgresSettings settings, List<CommitSetting> off) {
    CommitSetting first = off.getFirst();
    Subject subject =
        Servers.subject(
            host, settings, first.override().map(SynchronousCommitCheck::whose).orElse(""));
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                fleet.profile().is(Profile.Intent.LEMMY) ? Severity.INFO : Severity.MEDIUM,
                "%s: synchronous_commit is off for %s, set in %s: a crash loses up to %s of commits%s; %s"
                    .formatted(
                        host.name(),
                        who(off),
                        first.source(),
                        settings
                            .milliseconds("wal_writer_delay")
                            .map(delay -> Millis.format(delay.multipliedBy(3)))
                            .orElse("0.6 s"),
                        fleet.profile().is(Profile.Intent.LEMMY)
                            ? ", but corrupts nothing; profile lemmy: upstream's example has it off, too"
                            : "",
                        cost(fleet, host, settings))))
        .with(remedy(host, settings, first));
  }

  private static String whose(RoleSetting override) {
    if (override.role().isEmpty()) {
      return override.database().isEmpty() ? "all roles" : "database " + override.database();
    }
    return override.role() + (override.database().isEmpty() ? "" : " in " + override.database());
  }

  /// Per request where traffic was seen, else per commit.
  private static String cost(Fleet fleet, HostEvidence host, PostgresSettings settings) {
    Optional<CommitCost> flush = CommitCost.of(host, settings);
    if (flush.isEmpty()) {
      return "what turning it on costs could not be measured: the disk does not count its flushes";
    }
    return fleet.budgets().stream()
        .filter(budget -> budget.path().lastLeg().to().equals(host.name()))
        .filter(budget ->
            Databases.settings(fleet.topology(), budget.path().lastLeg())
                .filter(settings::equals)
                .isPresent())
        .flatMap(budget -> budget.cost().collected().stream())
        .filter(cost -> cost.commitIfOn().isPresent())
        .max(Comparator.comparing(cost -> cost.requests().rate()))
        .map(cost -> perRequest(cost, flush.get()))
        .orElse(
            "turning it on costs about %s a commit, by %s"
                .formatted(Millis.format(flush.get().flush()), flush.get().because()));
  }

  private static String perRequest(RequestCost cost, CommitCost flush) {
    Duration wait = cost.commitIfOn().orElse(Duration.ZERO);
    double share = Millis.ratio(wait, cost.requestTime());
    return "turning it on costs about %s of a request's %s (%s; a flush takes %s)"
            .formatted(
                Millis.format(wait),
                cost.requestWords(),
                String.format(Locale.ROOT, "%.1f %%", share * 100),
                flush)
        + (share < 0.1 ? ", so it is not what makes requests slow" : "");
  }

  private static String who(List<CommitSetting> settings) {
    List<String> roles =
        settings.stream()
            .map(CommitSetting::role)
            .filter(role -> !role.isEmpty())
            .distinct()
            .toList();
    return roles.isEmpty()
        ? "every role"
        : (roles.size() == 1 ? "role " : "the roles ") + String.join(", ", roles);
  }

  private static Remedy remedy(
      HostEvidence host, PostgresSettings settings, CommitSetting setting) {
    return new Remedy(
        setting.override().isPresent()
            ? "Take the override back; sessions that are open keep the old value until they reconnect."
            : "Turn it on and let the server read it; nothing is restarted.",
        CommitPlaybook.of(host.name(), settings, setting),
        List.of(
            settings.server().psql()
                + " -c \"select name, setting, sourcefile, sourceline from pg_settings where name = 'synchronous_commit'\"   # on "
                + Quoted.comment(host.name().value()),
            settings.server().psql()
                + " -c \"select setrole::regrole, setdatabase, setconfig from pg_db_role_setting\"   # on "
                + Quoted.comment(host.name().value())));
  }
}
