package dev.earshot.check.latency;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Unmeasured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A distance that nobody has measured is the one place where a cause can hide. There are three
/// ways to measure it, of which one is enough.
public final class MeasuredCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.measured",
        "Every round trip that somebody waits for is known",
        Severity.LOW,
        "A distance that nobody has measured is where a cause can hide: it is in no budget, and nothing speaks for or against it.",
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "network.pings",
            "network.tunnels",
            "postgres.settings",
            "haproxy.stats"),
        List.of(),
        """
        # on the client: is an echo request answered?
        ping -c 3 PEER
        # does the kernel tell minrtt of a connection?
        ss -tin dst PEER
        # on your machine: does the client's SSH server connect to the service?
        ssh -v -W PEER:PORT CLIENT\
        """,
        "Let one of three through: echo requests from the client; connections that the client's sshd makes for its login user (AllowTcpForwarding, PermitOpen); or a kernel and an ss (iproute2) that tell minrtt of open connections.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Map<Subject.OfPair, Destination> unknown = new LinkedHashMap<>();
    Unmeasured.of(fleet.topology())
        .forEach(each -> unknown.putIfAbsent(new Subject.OfPair(each.from(), each.to()), each));
    List<Finding> findings = new ArrayList<>();
    unknown.forEach((pair, each) -> findings.add(failed(fleet, pair, each)));
    fleet.hosts().forEach(host -> TalkingPairs.untold(host, info()).ifPresent(findings::add));
    if (!findings.isEmpty()) {
      return findings;
    }
    int pairs = TalkingPairs.of(fleet).size();
    return List.of(
        pairs == 0
            ? TalkingPairs.none(info())
            : Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.Pass(
                    "of all pairs of hosts that hold connections (%d), a round trip is known"
                        .formatted(pairs))));
  }

  private Finding failed(Fleet fleet, Subject.OfPair pair, Destination each) {
    return Finding.of(
            info(),
            pair,
            new Verdict.Fail(
                Severity.LOW,
                "%s (port %d): no round trip is known; no echo request was answered either way, no kernel tells one of a connection, and %s"
                    .formatted(pair.label(), each.port(), tunnel(fleet, each))))
        .with(remedy(each));
  }

  private static String tunnel(Fleet fleet, Destination each) {
    HostName from = each.from();
    Optional<Evidence<List<TunnelRtt>>> tunnels =
        fleet.evidence().host(from).map(HostEvidence::tunnels);
    return tunnels
        .map(evidence ->
            switch (evidence) {
              case Evidence.Uncollected<List<TunnelRtt>>(String reason) ->
                  "sshd on %s could not be asked: %s".formatted(from, reason);
              case Evidence.Absent<List<TunnelRtt>>() -> "sshd on %s was not asked".formatted(from);
              case Evidence.Collected<List<TunnelRtt>>(List<TunnelRtt> asked) ->
                  asked.stream()
                      .filter(tunnel ->
                          tunnel.address().equals(each.address()) && tunnel.port() == each.port())
                      .flatMap(tunnel -> tunnel.refusal().stream())
                      .findFirst()
                      .map(reason -> "sshd on %s made none: %s".formatted(from, reason))
                      .orElse("sshd on %s was not asked for this one".formatted(from));
            })
        .orElse("nobody can be asked");
  }

  private static Remedy remedy(Destination each) {
    String service = each.address() + ":" + each.port();
    String host = Quoted.comment(each.from().value());
    return new Remedy(
        "Let one of these through: echo requests from %s to %s; connections to %s that sshd on %s makes for its login user (AllowTcpForwarding, PermitOpen); or install iproute2 there, whose ss tells the round trips of open connections."
            .formatted(each.from(), each.address(), service, each.from()),
        "",
        List.of(
            "ping -c 3 %s   # on %s".formatted(each.address(), host),
            "ss -tin dst %s   # on %s".formatted(each.address(), host),
            "sudo sshd -T | grep -iE 'allowtcpforwarding|permitopen'   # on " + host));
  }
}
