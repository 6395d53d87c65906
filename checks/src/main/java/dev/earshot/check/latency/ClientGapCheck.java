package dev.earshot.check.latency;

import dev.earshot.budget.ClientGap;
import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresActivity;
import dev.earshot.evidence.PostgresServer;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a database waits between two statements of a transaction, beside what the network alone
/// takes by the kernel. It needs nothing of the client's host, and tells a slow network from a slow
/// application: the former is judged by distance, so that this one fails for the latter.
///
/// Limits: twice the shortest round trip, since a gap holds one and the application's own work, and
/// 2 ms at least; and five times what a statement takes to execute, below which the waiting is not
/// what makes requests slow.
public final class ClientGapCheck implements Check {

  private static final int ROUND_TRIPS = 2;
  private static final int EXECUTIONS = 5;

  private static final String SQL =
      "select sum(idle_in_transaction_time), sum(xact_commit + xact_rollback) from pg_stat_database; select sum(calls) from pg_stat_statements";

  private static final Card CARD =
      new Card(
          List.of("postgres.activity", "network.sockets"),
          List.of(
              new Threshold(
                  "above 2 ms, twice the kernel's shortest round trip, and five times a statement's execution: high",
                  "a trial with a delayed wire: idle time / (statements - transactions) gave the round trip within 5 %")),
          "psql -c \""
              + SQL
              + "\"   # twice, ten seconds apart: growth of the first / (of the third - of the second)",
          "Where the network explains it, move the two together; else find what the application does between two statements.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.client-gap",
        "Clients ask on as soon as the network brings them the answer",
        Severity.HIGH,
        """
        Between two statements of a transaction the database waits for its client, and the locks wait \
        with it. What the network does not explain, the application spends.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.postgresActivity().latest()) {
        case Evidence.Collected<List<PostgresActivity>>(List<PostgresActivity> servers) ->
            servers.forEach(
                server -> findings.add(judge(fleet, host, server.server(), servers.size() > 1)));
        case Evidence.Uncollected<List<PostgresActivity>>(String reason) ->
            findings.add(
                Finding.of(
                    info(),
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<List<PostgresActivity>>() -> {}
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable("no host runs a PostgreSQL server")))
        : findings;
  }

  private Finding judge(Fleet fleet, HostEvidence host, PostgresServer server, boolean several) {
    Subject subject =
        new Subject.OfHost(
            host.name(), several ? Optional.of(server.toString()) : Optional.empty());
    return switch (ClientGap.of(host, server)) {
      case Evidence.Collected<ClientGap>(ClientGap gap) ->
          judge(subject, host, server, gap, network(fleet, host, server));
      case Evidence.Uncollected<ClientGap>(String reason) ->
          Finding.of(info(), subject, new Verdict.Unknown("%s: %s".formatted(host.name(), reason)));
      case Evidence.Absent<ClientGap>() ->
          Finding.of(
              info(),
              subject,
              new Verdict.NotApplicable(
                  "%s: hardly any statement ran within a transaction of several"
                      .formatted(host.name())));
    };
  }

  private Finding judge(
      Subject subject,
      HostEvidence host,
      PostgresServer server,
      ClientGap gap,
      Optional<Duration> network) {
    Duration limit =
        max(
            max(
                Distance.SAME_SITE,
                network.map(rtt -> rtt.multipliedBy(ROUND_TRIPS)).orElse(Duration.ZERO)),
            gap.execution().multipliedBy(EXECUTIONS));
    String because =
        "%s: %s from a statement's end to the next one's beginning, network and application together, %s; executing one takes %s (%d gaps); limit %s"
            .formatted(
                host.name(),
                Millis.format(gap.gap()),
                network
                    .map(rtt ->
                        "of which the network takes %s or more by the kernel"
                            .formatted(Millis.format(rtt)))
                    .orElse("of which the network's share is not known"),
                Millis.format(gap.execution()),
                gap.gaps(),
                Millis.format(limit));
    Measurement measured =
        Measurement.limited(
            "clientGapMs", Millis.of(gap.gap()), Millis.of(limit), "pg_stat_database");
    if (gap.gap().compareTo(limit) <= 0) {
      return Finding.of(info(), subject, new Verdict.Pass(because), measured);
    }
    return Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because), measured)
        .with(
            new Remedy(
                network.isPresent()
                    ? "The network does not explain it: find what the application does between two statements of a transaction (other services, computing, waiting for processors), and do it before or after."
                    : "Audit the clients' hosts too, to see whether it is the network or the application.",
                "",
                List.of(
                    "%s -c \"%s\"   # on %s, twice"
                        .formatted(server.psql(), SQL, Quoted.comment(host.name().value())),
                    "ss -tin 'sport = :%d'   # on %s: minrtt of each client"
                        .formatted(server.port(), Quoted.comment(host.name().value())))));
  }

  /// The shortest round trip to the clients, each by the statements that it sends.
  private static Optional<Duration> network(Fleet fleet, HostEvidence host, PostgresServer server) {
    double weights = 0;
    double milliseconds = 0;
    for (Flow flow : fleet.topology().databaseFlows()) {
      double weight = flow.roundTripRate().map(rate -> rate.perSecond()).orElse(0.0);
      if (flow.to().equals(host.name())
          && server.answersAt(flow.port())
          && flow.minRtt().isPresent()) {
        weights += weight;
        milliseconds += weight * Millis.of(flow.minRtt().get());
      }
    }
    return weights > 0 ? Optional.of(Millis.duration(milliseconds / weights)) : Optional.empty();
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
