package dev.earshot.check.latency;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.topology.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The hosts that hold connections to each other, client first: whose round trips a service waits
/// for.
final class TalkingPairs {

  private TalkingPairs() {}

  static Map<Subject.OfPair, List<Flow>> of(Fleet fleet) {
    return fleet.topology().flows().stream()
        .filter(flow -> !flow.from().equals(flow.to()) && !flow.isAdministration())
        .filter(flow -> !fleet.topology().monitoring().contains(flow))
        .collect(
            Collectors.groupingBy(
                flow -> new Subject.OfPair(flow.from(), flow.to()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /// A finding for each pair, and for each host of whose connections nothing is known; or the one
  /// that there are none.
  static List<Finding> judge(
      Fleet fleet, CheckInfo check, BiFunction<Subject.OfPair, List<Flow>, Finding> each) {
    List<Finding> findings = new ArrayList<>();
    of(fleet).forEach((pair, flows) -> findings.add(each.apply(pair, flows)));
    fleet.hosts().forEach(host -> untold(host, check).ifPresent(findings::add));
    return findings.isEmpty() ? List.of(none(check)) : findings;
  }

  /// That not all of a host's connections are known.
  static Optional<Finding> untold(HostEvidence host, CheckInfo check) {
    return host.untoldConnections()
        .map(reason ->
            new Verdict.Unknown(
                "%s: whom it talks to is not known: %s".formatted(host.name(), reason)))
        .map(verdict -> Finding.of(check, Subject.host(host.name()), verdict));
  }

  static Finding none(CheckInfo check) {
    return Finding.of(
        check,
        new Subject.OfFleet(),
        new Verdict.NotApplicable("no two hosts of the audit hold a connection"));
  }
}
