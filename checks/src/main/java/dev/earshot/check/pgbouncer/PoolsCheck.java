package dev.earshot.check.pgbouncer;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.Sampled.Change;
import dev.earshot.topology.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a pool has lent all its connections, clients wait in PgBouncer while the database idles:
/// no statistics of PostgreSQL show it. In pool mode `session` a connection stays lent as long as
/// its client is connected, whether it asks or not.
///
/// Limits: check_postgres looks at the same two columns (`cl_waiting`, `maxwait`); a wait that
/// lasts a second is one that people notice. A mean wait is told by `total_wait_time` over the
/// window, and from 2 ms on costs as much as a database that is too far away.
public final class PoolsCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        Judged.ID,
        "No client waits for a connection of PgBouncer",
        Severity.HIGH,
        """
        A client that finds all connections of its pool lent waits in PgBouncer, where neither the \
        database nor the load balancer sees it. Where nobody waits, the pool is cleared.\
        """,
        new Card(
            List.of(
                PgBouncer.PROBE.id(), "network.addresses", "network.listeners", "network.sockets"),
            List.of(
                new Threshold(
                    "a transaction waits %s or more on average within the window, or clients wait at both ends of it: medium"
                        .formatted(Judged.WAITING.told()),
                    "what the way to a database may take at most",
                    Judged.WAITING),
                new Threshold(
                    "a client waits longer than %s: high".formatted(Judged.WAITING_LONG.told()),
                    "check_postgres on cl_waiting and maxwait; people notice a second",
                    Judged.WAITING_LONG),
                new Threshold(
                    "from %s of max_client_conn on: high".formatted(Judged.NEAR.told()),
                    "the client after the last one is refused; with a fifth left, the next burst is",
                    Judged.NEAR),
                new Threshold(
                    "a paused or disabled database: high",
                    "PgBouncer's manual: its clients wait until RESUME, or are refused")),
            """
            # on PgBouncer's host: clients that wait, the longest wait in seconds, connections lent
            sudo -u postgres psql -X -p 6432 -U pgbouncer -d pgbouncer -c 'show pools'
            # how large pools are, and whether one is paused
            sudo -u postgres psql -X -p 6432 -U pgbouncer -d pgbouncer -c 'show databases'\
            """,
            "Raise pool_size where the database has room for more sessions; let pool_mode be transaction where the application needs nothing that outlives one; make transactions shorter."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.pgBouncer().change()) {
        case Evidence.Collected<Change<List<PgBouncer>>>(Change<List<PgBouncer>> change) -> {
          change.after().forEach(after -> findings.addAll(judge(fleet, host, change, after)));
          host.pgBouncerLeftOut()
              .ifPresent(reason -> findings.add(unknown(host, "not all of them: " + reason)));
        }
        case Evidence.Uncollected<Change<List<PgBouncer>>>(String reason) ->
            findings.add(unknown(host, reason));
        case Evidence.Absent<Change<List<PgBouncer>>>() -> {
          if (fleet.topology().flowsTo(host.name()).stream().anyMatch(Flow::isPooled)) {
            findings.add(
                unknown(
                    host, "it shows no PgBouncer, though others hold connections to one there"));
          }
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(), new Subject.OfFleet(), new Verdict.NotApplicable("no host runs PgBouncer")))
        : findings;
  }

  private Finding unknown(HostEvidence host, String reason) {
    return Finding.of(
        info(),
        Subject.host(host.name()),
        new Verdict.Unknown("%s: %s".formatted(host.name(), reason)));
  }

  private List<Finding> judge(
      Fleet fleet, HostEvidence host, Change<List<PgBouncer>> change, PgBouncer after) {
    Optional<PgBouncer> before =
        change.before().stream().filter(one -> one.server().equals(after.server())).findFirst();
    Judged judged = new Judged(info(), host, after, fleet.policy().thresholds());
    List<Finding> failed = new ArrayList<>(judged.limits());
    for (PgBouncer.Pool pool : after.pools()) {
      judged.pool(pool, Waiting.of(before, after, pool)).ifPresent(failed::add);
    }
    return failed.isEmpty() ? List.of(pass(host, after, judged)) : failed;
  }

  private Finding pass(HostEvidence host, PgBouncer pooler, Judged judged) {
    int waiting = pooler.pools().stream().mapToInt(PgBouncer.Pool::waiting).sum();
    return Finding.of(
        info(),
        judged.subject(""),
        new Verdict.Pass(
            "%s: of the clients of %d pools %s, and none for longer than %s; limit %s"
                .formatted(
                    host.name(),
                    pooler.pools().size(),
                    waiting == 0 ? "none waits" : "%d wait at the moment".formatted(waiting),
                    Limit.Time.told(
                        pooler.pools().stream()
                            .map(PgBouncer.Pool::longestWait)
                            .max(Duration::compareTo)
                            .orElse(Duration.ZERO)),
                    Judged.WAITING_LONG.told())),
        Measurement.limited("clientsWaiting", waiting, 0, "SHOW POOLS"));
  }
}
