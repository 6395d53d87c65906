package dev.earshot.check.haproxy;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.HostEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Runs a rule over every log of HAProxy's and answers for the hosts where there is none to judge.
final class Logs {

  private Logs() {}

  static List<Finding> judge(
      CheckInfo info, Fleet fleet, BiFunction<HostEvidence, HaProxyLog, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.haProxyLog()) {
        case Evidence.Collected<HaProxyLog>(HaProxyLog log) ->
            findings.addAll(rule.apply(host, log));
        case Evidence.Uncollected<HaProxyLog>(String reason) ->
            findings.add(
                Finding.of(
                    info,
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<HaProxyLog>() -> {
          // nothing to judge
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info,
                new Subject.OfFleet(),
                new Verdict.NotApplicable(
                    "no host has a log of HAProxy's, as /var/log/haproxy.log or in the journal")))
        : findings;
  }

  static Finding withoutRequests(CheckInfo info, HostEvidence host) {
    return Finding.of(
        info,
        Subject.host(host.name()),
        new Verdict.NotApplicable(
            "%s: HAProxy's log shows no requests (`option httplog`)".formatted(host.name())));
  }
}
