package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Sampled;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Traffic;
import java.util.ArrayList;
import java.util.List;

/// A move is over when the new host talks to all that the old one talked to, and the old one asks
/// no more.
final class ArrivalCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.arrival",
        "The new host holds the connections of the work, and the old one works no more",
        Severity.HIGH,
        "A service that was started is not yet one that works; two hosts at the same work may do it twice.",
        new Card(
            List.of("network.sockets"),
            List.of(),
            "ss -tn   # on both hosts",
            "Start what is missing on the new host, and stop what is left on the old one."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    situation.planned().forEach(route -> findings.add(arrived(situation, route)));
    if (situation.planned().isEmpty()) {
      findings.add(
          situation.routes().isEmpty()
              ? missing(
                  Subject.host(situation.move().to()),
                  "%s holds no connection to another host: the work has not arrived"
                      .formatted(situation.move().to()),
                  situation.move().to())
              : pass(
                  Subject.host(situation.move().to()),
                  "%s holds the connections of its work".formatted(situation.move().to())));
    }
    findings.add(left(situation));
    return findings;
  }

  private Finding arrived(Situation situation, Route route) {
    HostName to = situation.move().to();
    HostName peer = situation.move().after(route.peer());
    Subject subject = route.subject(situation.move());
    boolean there =
        peer.equals(to)
            || situation.routes().stream()
                .anyMatch(now ->
                    now.asks() == route.asks()
                        && now.peer().equals(peer)
                        && now.port() == route.port());
    String label = "%s (%s)".formatted(subject.label(), route.service());
    return there
        ? pass(subject, label + ": connected, as the work was before the move")
        : missing(subject, label + ": no connection, and the work had one before the move", to);
  }

  private Finding pass(Subject subject, String because) {
    return Finding.of(info(), subject, new Verdict.Pass(because));
  }

  private Finding missing(Subject subject, String because, HostName host) {
    return Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because))
        .with(
            new Remedy(
                "See whether the service runs on %s, and what it says in its log.".formatted(host),
                "",
                List.of("ss -tn   # on " + Quoted.comment(host.value()))));
  }

  private Finding left(Situation situation) {
    HostName from = situation.move().from();
    Subject subject = Subject.host(from);
    long roundTrips =
        situation.fleet().topology().databaseFlows().stream()
            .filter(flow -> flow.from().equals(from))
            .flatMap(flow -> flow.traffic().stream())
            .mapToLong(Traffic::roundTrips)
            .sum();
    List<String> asked =
        situation.fleet().topology().databaseFlows().stream()
            .filter(flow -> flow.from().equals(from))
            .map(Flow::to)
            .map(HostName::value)
            .distinct()
            .toList();
    if (!asked.isEmpty() && situation.fleet().evidence().window().isZero()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s is connected to %s, and whether it still asks is not known: %s"
                  .formatted(from, String.join(", ", asked), Sampled.SINGLE)));
    }
    return roundTrips == 0
        ? pass(subject, "%s asks no database any more".formatted(from))
        : Finding.of(
                info(),
                subject,
                new Verdict.Fail(
                    Severity.MEDIUM,
                    "%s still asks %s: %d round trips in the window"
                        .formatted(from, String.join(", ", asked), roundTrips)))
            .with(
                new Remedy(
                    "Stop the service on %s, unless both are meant to work.".formatted(from),
                    "",
                    List.of("ss -tnp   # on " + Quoted.comment(from.value()))));
  }
}
