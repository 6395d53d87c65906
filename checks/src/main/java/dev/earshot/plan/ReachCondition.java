package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An echo request that is answered says nothing of a port: firewalls, security groups and services
/// that listen for their own host alone are met only by a connection.
///
/// Those who ask the work can try only what listens on the new host already; the rest is named, and
/// leaves nothing open: before the move, there is nothing to be tried. Nor does whether who watches
/// gets through, which no request waits for.
final class ReachCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.reach",
        "The new host gets through to every service that the work asks, and all who ask the work get through to the new host",
        Severity.HIGH,
        "Firewalls and security groups admit by address and port: a host that is near, and may ping all that it needs, can still be refused by each of them, which shows only once the work is started there.",
        new Card(
            List.of(TunnelRtt.PROBE.id(), "network.sockets", "network.listeners"),
            List.of(),
            """
            # on the new host, and on each that asks the work: is the port open from there?
            timeout 3 bash -c '</dev/tcp/ADDRESS/PORT' && echo open
            # on the service's host: does it listen for others, and does a firewall let them in?
            sudo ss -tlnp sport = :PORT; sudo nft list ruleset\
            """,
            "Admit the client's address to the port in the firewall or security group before it, and let the service listen on an address that others reach."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    Topology topology = situation.fleet().topology();
    List<Finding> findings = new ArrayList<>();
    Destinations.asked(topology, situation.move())
        .map(flow -> asked(situation, flow))
        .forEach(findings::add);
    if (findings.isEmpty()) {
      findings.add(
          Finding.of(
              info(),
              Subject.host(situation.target().name()),
              new Verdict.NotApplicable(
                  "%s asks no service on another host".formatted(situation.work().name()))));
    }
    Destinations.asking(topology, situation.move())
        .map(flow -> asking(situation, flow))
        .forEach(findings::add);
    return findings;
  }

  private Finding asked(Situation situation, Flow flow) {
    HostName target = situation.target().name();
    Subject subject = subject(target, flow.to(), flow);
    String label = label(target, flow.to(), flow);
    if (flow.to().equals(target)) {
      return together(subject, label);
    }
    return Destination.of(situation.fleet().topology(), flow, target)
        .map(destination -> tried(situation, info(), subject, label, destination))
        .orElseGet(() ->
            Finding.of(
                info(),
                subject,
                new Verdict.Unknown(
                    "%s: not tried, since neither the inventory nor a connection of %s tells its address"
                        .formatted(label, situation.work().name()))));
  }

  private Finding asking(Situation situation, Flow flow) {
    HostName target = situation.target().name();
    Subject subject = subject(flow.from(), target, flow);
    String label = label(flow.from(), target, flow);
    if (flow.from().equals(target)) {
      return together(subject, label);
    }
    Address address = Address.of(situation.target().host().address());
    String byHand = PortAttempt.byHand(address, flow.port(), flow.from().value());
    if (!Destinations.listens(situation.target(), flow.port())) {
      return Finding.of(
          info().as(Severity.MEDIUM),
          subject,
          new Verdict.Unknown(
              "%s: nothing is seen to listen there before the move; by hand, once the service is up: %s"
                  .formatted(label, byHand)));
    }
    Topology topology = situation.fleet().topology();
    CheckInfo info = topology.monitoring().contains(flow) ? info().as(Severity.MEDIUM) : info();
    return Destinations.after(topology, flow, situation.move())
        .map(destination -> tried(situation, info, subject, label, destination))
        .orElseGet(() ->
            Finding.of(
                info,
                subject,
                new Verdict.Unknown(
                    "%s: not tried, since %s does not reach %s at the address that the inventory has; by hand: %s"
                        .formatted(label, flow.from(), situation.work().name(), byHand))));
  }

  private static Subject subject(HostName from, HostName to, Flow flow) {
    return new Subject.OfHost(from, Optional.of("%s:%d".formatted(to, flow.port())));
  }

  private static String label(HostName from, HostName to, Flow flow) {
    return "%s → %s (%s, port %d)".formatted(from, to, flow.service(), flow.port());
  }

  private Finding together(Subject subject, String label) {
    return Finding.of(
        info(), subject, new Verdict.NotApplicable(label + ": on the same host after the move"));
  }

  private static Finding tried(
      Situation situation, CheckInfo info, Subject subject, String label, Destination destination) {
    return new PortAttempt(info, subject, label, destination).judge(situation.fleet().topology());
  }
}
