package dev.earshot.check.latency;

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
import dev.earshot.evidence.Ping;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A lost segment costs its request 200 ms and more, a lost connection attempt a second. Between
/// hosts of one service none should get lost.
public final class LossCheck implements Check {

  /// One echo request lost of ten can be chance or a rate limit; one of a hundred segments is
  /// neither.
  private static final double RETRANSMITTED_RATIO = 0.01;

  private static final double ECHO_LOSS_RATIO = 0.1;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.loss",
        "Nothing gets lost between hosts that talk to each other",
        Severity.HIGH,
        """
        Whatever is lost has to be sent again after a wait of 200 ms or more, so even little loss \
        makes some requests very slow.\
        """);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    for (Flow flow : fleet.topology().flows()) {
      if (!flow.from().equals(flow.to())) {
        findings.add(judge(fleet, flow));
      }
    }
    for (HostEvidence host : fleet.hosts()) {
      if (host.pings() instanceof Evidence.Uncollected<List<Ping>>(String reason)) {
        findings.add(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.Unknown("%s could not ping: %s".formatted(host.name(), reason))));
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable("no two hosts of the audit hold a connection")))
        : findings.stream().distinct().toList();
  }

  private Finding judge(Fleet fleet, Flow flow) {
    Subject subject = new Subject.OfPair(flow.from(), flow.to());
    Optional<Link> icmp = fleet.topology().rtts().icmp(flow.from(), flow.to());
    Optional<Link> kernel =
        fleet
            .topology()
            .rtts()
            .between(flow.from(), flow.to())
            .filter(link -> link.method() == Link.Method.KERNEL && link.sent() > 0)
            .findFirst();
    if (icmp.isEmpty() && kernel.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s → %s: echo requests are filtered and no segments were sent in the window"
                  .formatted(flow.from(), flow.to())));
    }
    String because =
        "%s → %s: %s"
            .formatted(
                flow.from(),
                flow.to(),
                String.join(
                    ", ",
                    Stream.concat(
                            icmp.stream().map(link -> lost(link, "echo requests lost")),
                            kernel.stream().map(link -> lost(link, "segments sent again")))
                        .toList()));
    boolean fails =
        icmp.filter(link -> link.lossRatio() > ECHO_LOSS_RATIO).isPresent()
            || kernel.filter(link -> link.lossRatio() > RETRANSMITTED_RATIO).isPresent();
    Measurement[] measured =
        icmp.stream()
            .map(
                link -> Measurement.limited("lossRatio", link.lossRatio(), ECHO_LOSS_RATIO, "icmp"))
            .toArray(Measurement[]::new);
    return fails
        ? Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because), measured)
            .with(remedy(flow))
        : Finding.of(info(), subject, new Verdict.Pass(because), measured);
  }

  private static String lost(Link link, String what) {
    return String.format(
        Locale.ROOT,
        "%d of %d %s (%.1f %%)",
        link.sent() - link.received(),
        link.sent(),
        what,
        link.lossRatio() * 100);
  }

  private static Remedy remedy(Flow flow) {
    String address =
        flow.over().stream().findFirst().map(Object::toString).orElse(flow.to().value());
    return new Remedy(
        "Find the hop that loses: run mtr in both directions, look at the interfaces' error counters and at the provider's status page.",
        """
        - name: Find where segments get lost
          hosts: %s
          gather_facts: false
          tasks:
            - name: Show the interfaces' counters
              ansible.builtin.command:
                argv: [ip, -s, link]
              changed_when: false
        """
            .formatted(Quoted.yaml(flow.from().value())),
        List.of(
            "mtr -n -r -c 100 %s   # on %s".formatted(Quoted.shell(address), flow.from()),
            "ss -tin dst %s   # on %s: retrans is what was sent again"
                .formatted(Quoted.shell(address), flow.from())));
  }
}
