package dev.earshot.plan;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Topology;
import java.util.List;
import java.util.Optional;

/// Whether a host gets through to a service: it holds connections there, or its SSH server was
/// asked to make one.
///
/// @param info of the condition that asks
/// @param label what is asked for: `backend2 → db1 (postgresql, port 5432)`
record PortAttempt(CheckInfo info, Subject subject, String label, Destination destination) {

  Finding judge(Topology topology) {
    if (isConnected(topology)) {
      return finding(new Verdict.Pass(label + ": it holds connections there already"));
    }
    Optional<HostEvidence> client = topology.fleet().host(destination.from());
    if (client.isEmpty()) {
      return untold(destination.from() + " is not in the inventory");
    }
    return switch (client.get().tunnels()) {
      case Evidence.Uncollected<List<TunnelRtt>>(String reason) -> untold(reason);
      case Evidence.Absent<List<TunnelRtt>>() ->
          untold(
              "its SSH server was not asked to connect there, as earshot plan does when it looks at hosts itself");
      case Evidence.Collected<List<TunnelRtt>>(List<TunnelRtt> tunnels) ->
          tunnels.stream()
              .filter(tunnel ->
                  tunnel.address().equals(destination.address())
                      && tunnel.port() == destination.port())
              .findFirst()
              .map(this::judge)
              .orElseGet(() -> untold("its SSH server was not asked for this one"));
    };
  }

  private Finding judge(TunnelRtt tunnel) {
    if (!tunnel.opened().isEmpty()) {
      return finding(
          new Verdict.Pass(
              "%s: open, as %s connected to %s"
                  .formatted(label, destination.from(), destination.address())));
    }
    String why = tunnel.refusal().orElse("no connection was made");
    return tunnel.closed()
        ? finding(
                new Verdict.Fail(
                    Severity.HIGH,
                    "%s: %s can't connect to %s: %s"
                        .formatted(label, destination.from(), destination.address(), why)))
            .with(remedy())
        : untold(why);
  }

  private Finding untold(String reason) {
    return finding(
        new Verdict.Unknown(
            "%s: whether the port is open from there is not known: %s; by hand: %s"
                .formatted(label, reason, byHand())));
  }

  private Finding finding(Verdict verdict) {
    return Finding.of(info, subject, verdict);
  }

  /// Over the same address: another one may have another firewall before it.
  private boolean isConnected(Topology topology) {
    return topology.flows().stream()
        .anyMatch(flow ->
            flow.from().equals(destination.from())
                && flow.to().equals(destination.to())
                && flow.port() == destination.port()
                && flow.over().contains(destination.address()));
  }

  private String byHand() {
    return byHand(destination.address(), destination.port(), destination.from().value());
  }

  /// @param from the host to run it on
  static String byHand(Address address, int port, String from) {
    return "timeout 3 bash -c '</dev/tcp/%s/%d' && echo open   # on %s"
        .formatted(address.isNumeric() ? address : "ADDRESS", port, Quoted.comment(from));
  }

  private Remedy remedy() {
    return new Remedy(
        "Admit %s to %s port %d in the firewall or security group before it, and see that the service listens on that address."
            .formatted(destination.from(), destination.address(), destination.port()),
        """
        - name: The port is open from there
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
            byHand(),
            "sudo ss -tlnp sport = :%d; sudo nft list ruleset   # on %s"
                .formatted(destination.port(), Quoted.comment(destination.to().value()))));
  }
}
