package dev.earshot.check.container;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Runs a rule over the containers of every host and answers for the hosts where nobody could look.
final class ContainerHosts {

  private ContainerHosts() {}

  static List<Finding> judge(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, Containers, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.containers()) {
        case Evidence.Collected<Containers>(Containers containers) ->
            findings.addAll(rule.apply(host, containers));
        case Evidence.Uncollected<Containers>(String reason) ->
            findings.add(
                Finding.of(
                    info,
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<Containers>() -> {
          // nothing to judge
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info, new Subject.OfFleet(), new Verdict.NotApplicable("no host runs containers")))
        : findings;
  }

  /// A container by its name; with the engine where that is not Docker, since each has names of its
  /// own.
  static Subject subject(HostEvidence host, Container container) {
    return new Subject.OfHost(
        host.name(),
        Optional.of(
            container.engine().equals("docker")
                ? container.name()
                : container.engine() + " " + container.name()));
  }
}
