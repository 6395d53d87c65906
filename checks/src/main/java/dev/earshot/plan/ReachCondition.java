package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;

/// An echo request that is answered says nothing of a port: firewalls, security groups and services
/// that listen for their own host alone are met only by a connection.
final class ReachCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.reach",
        "The new host gets through to every service that the work asks",
        Severity.HIGH,
        "Firewalls and security groups admit by address and port: a host that is near, and may ping all that it needs, can still be refused by each of them, which shows only once the work is started there.",
        new Card(
            List.of(TunnelRtt.PROBE.id(), "network.sockets"),
            List.of(),
            """
            # on the new host: is the port open from there?
            timeout 3 bash -c '</dev/tcp/ADDRESS/PORT' && echo open
            # on the service's host: does it listen for others, and does a firewall let them in?
            sudo ss -tlnp sport = :PORT; sudo nft list ruleset\
            """,
            "Admit the new host's address to the port in the firewall or security group before it, and let the service listen on an address that others reach."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    List<Finding> findings =
        Destinations.asked(situation.fleet().topology(), situation.move())
            .map(flow -> judge(situation, flow))
            .toList();
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(situation.target().name()),
                new Verdict.NotApplicable(
                    "%s asks no service on another host".formatted(situation.work().name()))))
        : findings;
  }

  private Finding judge(Situation situation, Flow flow) {
    HostName target = situation.target().name();
    Subject subject =
        new Subject.OfHost(target, Optional.of("%s:%d".formatted(flow.to(), flow.port())));
    String label =
        "%s → %s (%s, port %d)".formatted(target, flow.to(), flow.service(), flow.port());
    if (flow.to().equals(target)) {
      return Finding.of(
          info(), subject, new Verdict.NotApplicable(label + ": on the same host after the move"));
    }
    return Destination.of(situation.fleet().topology(), flow, target)
        .map(destination -> judge(situation, subject, label, destination))
        .orElseGet(() ->
            Finding.of(
                info(),
                subject,
                new Verdict.Unknown(
                    "%s: not tried, since neither the inventory nor a connection of %s tells its address"
                        .formatted(label, situation.work().name()))));
  }

  private Finding judge(
      Situation situation, Subject subject, String label, Destination destination) {
    if (isConnected(situation.fleet().topology(), destination)) {
      return Finding.of(
          info(), subject, new Verdict.Pass(label + ": it holds connections there already"));
    }
    return switch (situation.target().tunnels()) {
      case Evidence.Uncollected<List<TunnelRtt>>(String reason) ->
          untold(subject, label, destination, reason);
      case Evidence.Absent<List<TunnelRtt>>() ->
          untold(
              subject,
              label,
              destination,
              "its SSH server was not asked to connect there, as earshot plan does when it looks at hosts itself");
      case Evidence.Collected<List<TunnelRtt>>(List<TunnelRtt> tunnels) ->
          tunnels.stream()
              .filter(tunnel ->
                  tunnel.address().equals(destination.address())
                      && tunnel.port() == destination.port())
              .findFirst()
              .map(tunnel -> judge(subject, label, destination, tunnel))
              .orElseGet(() ->
                  untold(subject, label, destination, "its SSH server was not asked for this one"));
    };
  }

  private Finding judge(Subject subject, String label, Destination destination, TunnelRtt tunnel) {
    if (!tunnel.opened().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass(
              "%s: open, as %s connected to %s"
                  .formatted(label, destination.from(), destination.address())));
    }
    String why = tunnel.refusal().orElse("no connection was made");
    return tunnel.closed()
        ? Finding.of(
                info(),
                subject,
                new Verdict.Fail(
                    Severity.HIGH,
                    "%s: %s can't connect to %s: %s"
                        .formatted(label, destination.from(), destination.address(), why)))
            .with(remedy(destination))
        : untold(subject, label, destination, why);
  }

  private Finding untold(Subject subject, String label, Destination destination, String reason) {
    return Finding.of(
        info(),
        subject,
        new Verdict.Unknown(
            "%s: whether the port is open from there is not known: %s; by hand: %s"
                .formatted(label, reason, attempt(destination))));
  }

  /// Over the same address: another one may have another firewall before it.
  private static boolean isConnected(Topology topology, Destination destination) {
    return topology.flows().stream()
        .anyMatch(flow ->
            flow.from().equals(destination.from())
                && flow.to().equals(destination.to())
                && flow.port() == destination.port()
                && flow.over().contains(destination.address()));
  }

  private static String attempt(Destination destination) {
    return "timeout 3 bash -c '</dev/tcp/%s/%d' && echo open   # on %s"
        .formatted(
            destination.address(), destination.port(), Quoted.comment(destination.from().value()));
  }

  private static Remedy remedy(Destination destination) {
    String server = Quoted.comment(destination.to().value());
    return new Remedy(
        "Admit %s to %s port %d in the firewall or security group before it, and see that the service listens on that address."
            .formatted(destination.from(), destination.address(), destination.port()),
        """
        - name: The new host gets through
          hosts: %s
          gather_facts: false
          tasks:
            - name: The port is open
              ansible.builtin.wait_for:
                host: %s
                port: %d
                timeout: 3
        """
            .formatted(
                Quoted.yaml(destination.from().value()),
                Quoted.yaml(destination.address().value()),
                destination.port()),
        List.of(
            attempt(destination),
            "sudo ss -tlnp sport = :%d; sudo nft list ruleset   # on %s"
                .formatted(destination.port(), server)));
  }
}
