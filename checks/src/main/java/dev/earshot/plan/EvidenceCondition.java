package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A plan is worth what was seen of both hosts: the work's connections on one, the distances from
/// the other.
final class EvidenceCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.evidence",
        "Both hosts were looked at, and the work was seen at work",
        Severity.HIGH,
        "What a host's work talks to is seen in its connections, and how far that is from the new host is measured from there; without either, a plan is a guess.",
        new Card(
            List.of("network.sockets", "containers.sockets", "network.listeners", "network.pings"),
            List.of(),
            "earshot ping -l OLD,NEW   # does Earshot get in?",
            "Let Earshot in on both hosts, and plan while there is traffic."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : List.of(situation.work(), situation.target())) {
      findings.add(finding(host, reached(host)));
    }
    if (situation.work().unreachable().isEmpty()) {
      findings.add(
          Finding.of(
              info(),
              new Subject.OfPair(situation.move().from(), situation.move().to()),
              seen(situation)));
    }
    return findings;
  }

  private Finding finding(HostEvidence host, Verdict verdict) {
    return Finding.of(info(), Subject.host(host.name()), verdict);
  }

  private static Verdict reached(HostEvidence host) {
    return host.unreachable()
        .<Verdict>map(reason ->
            new Verdict.Unknown("%s could not be looked at: %s".formatted(host.name(), reason)))
        .orElseGet(() -> new Verdict.Pass("%s was looked at".formatted(host.name())));
  }

  private static Verdict seen(Situation situation) {
    HostEvidence work = situation.work();
    Optional<String> untold = work.untoldConnections();
    if (untold.isPresent()) {
      return new Verdict.Unknown(
          "%s: not all that its work talks to is known: %s".formatted(work.name(), untold.get()));
    }
    return situation.routes().isEmpty()
        ? new Verdict.Unknown(
            "%s holds no connection to another host of the inventory or to a database: there is no work to be seen; plan while it works"
                .formatted(work.name()))
        : new Verdict.Pass(
            "%s talks to %s".formatted(work.name(), String.join(", ", peers(situation))));
  }

  private static List<String> peers(Situation situation) {
    return situation.routes().stream()
        .map(route -> route.peer().value())
        .distinct()
        .sorted()
        .toList();
  }
}
