package dev.earshot.plan;

import dev.earshot.budget.Databases;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.topology.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A database that moves is another server then: of a version of its own, and with a `pg_hba.conf`
/// of its own.
///
/// Where none runs on the new host yet, it is named what it has to be; that leaves nothing open,
/// since there is nothing to be asked.
final class DatabaseServerCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.database-server",
        "Where a database moves, the server on the new host is of the same major version and admits the same clients",
        Severity.HIGH,
        "Data directories and standbys go with one major version, and a server that was set up anew admits nobody from other hosts: applications would find a database that refuses them.",
        new Card(
            List.of("postgres.settings", "postgres.hba", "postgres.activity"),
            List.of(
                new Threshold(
                    "a client is refused, or the version is older: high; the version is newer: medium",
                    "pg_dump's manual: output for a newer server need not load into an older one")),
            """
            # on both hosts
            psql -X -c 'show server_version'
            psql -X -c 'select * from pg_hba_file_rules'\
            """,
            "Install the same major version on the new host, and take the lines of pg_hba.conf along."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostName from = situation.move().from();
    Map<Integer, List<Flow>> byPort =
        situation
            .fleet()
            .topology()
            .askingDatabases()
            .filter(flow -> flow.to().equals(from) && !flow.from().equals(from))
            .collect(Collectors.groupingBy(Flow::port, TreeMap::new, Collectors.toList()));
    return byPort.isEmpty()
        ? List.of(
            finding(
                Subject.host(situation.move().to()),
                new Verdict.NotApplicable("no other host asks a database of " + from)))
        : byPort.entrySet().stream()
            .flatMap(one -> judge(situation, one.getKey(), one.getValue()).stream())
            .toList();
  }

  private Finding finding(Subject subject, Verdict verdict) {
    return Finding.of(info(), subject, verdict);
  }

  private List<Finding> judge(Situation situation, int port, List<Flow> flows) {
    HostEvidence target = situation.target();
    Subject subject = new Subject.OfHost(target.name(), Optional.of("port " + port));
    Optional<PostgresSettings> today =
        Databases.settings(situation.fleet().topology(), flows.getFirst());
    Optional<PostgresSettings> there =
        target
            .postgres()
            .collected()
            .filter(_ -> flows.stream().noneMatch(Flow::isPooled))
            .flatMap(all -> PostgresServer.at(port, all, PostgresSettings::server));
    if (there.isEmpty()) {
      boolean runs = Destinations.listens(target, port) && flows.stream().noneMatch(Flow::isPooled);
      return List.of(
          Finding.of(
              info().as(runs ? Severity.HIGH : Severity.MEDIUM),
              subject,
              new Verdict.Unknown(untold(situation, port, flows, today))));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(version(situation, subject, today, there.get()));
    ClientsAdmission admission = new ClientsAdmission(info(), situation, there.get().server());
    flows.forEach(flow -> findings.add(admission.of(flow)));
    return findings;
  }

  private static String untold(
      Situation situation, int port, List<Flow> flows, Optional<PostgresSettings> today) {
    HostEvidence target = situation.target();
    String seen =
        target.postgres() instanceof Evidence.Uncollected<List<PostgresSettings>>(String reason)
            ? "what runs on port %d is not known: %s".formatted(port, reason)
            : "no PostgreSQL is seen on port %d before the move".formatted(port);
    return "%s: %s; the one that is to run there has to be of %s and to admit %s, as %s does (pg_hba.conf%s); by hand, once it runs: sudo -u postgres psql -X -p %d -c 'show server_version' -c 'select * from pg_hba_file_rules'   # on %s"
        .formatted(
            target.name(),
            seen,
            today
                .map(settings -> "major version " + major(settings))
                .orElse("the same major version"),
            ClientsAdmission.some(
                ", ", flows.stream().map(flow -> clients(situation, flow)).toList()),
            situation.work().name(),
            flows.stream().anyMatch(Flow::isPooled) ? ", and PgBouncer's auth_hba_file" : "",
            port,
            Quoted.comment(target.name().value()));
  }

  /// `backend1 (role app in appdb, from 10.0.0.31)`
  private static String clients(Situation situation, Flow flow) {
    String sessions =
        ClientsAdmission.some(
            ", ",
            ClientsAdmission.callers(situation.fleet().topology(), flow)
                .map(caller ->
                    "role %s in %s, from %s"
                        .formatted(caller.role(), caller.database(), caller.address()))
                .toList());
    return flow.from() + (sessions.isEmpty() ? "" : " (" + sessions + ")");
  }

  private Finding version(
      Situation situation,
      Subject subject,
      Optional<PostgresSettings> today,
      PostgresSettings there) {
    HostName target = situation.target().name();
    if (today.isEmpty()) {
      return finding(
          subject,
          new Verdict.Unknown(
              "%s: PostgreSQL %d runs there, and which version %s has is not known"
                  .formatted(target, major(there), situation.work().name())));
    }
    int now = major(today.get());
    int then = major(there);
    String because =
        "%s: PostgreSQL %d runs there, and %d on %s"
            .formatted(target, then, now, situation.work().name());
    return now == then
        ? finding(subject, new Verdict.Pass(because))
        : finding(subject, new Verdict.Fail(then < now ? Severity.HIGH : Severity.MEDIUM, because))
            .with(
                new Remedy(
                    "Install PostgreSQL %d on %s, or try on a copy first that all of the database comes along by dump or logical replication."
                        .formatted(now, target),
                    "",
                    List.of(
                        "%s -X -c 'show server_version'   # on both hosts"
                            .formatted(there.server().psql()))));
  }

  private static int major(PostgresSettings settings) {
    return settings.version() / 10_000;
  }
}
