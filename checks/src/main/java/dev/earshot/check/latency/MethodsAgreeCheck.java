package dev.earshot.check.latency;

import dev.earshot.check.Card;
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
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The kernel's shortest round trip on a connection and the shortest of the echo requests to the
/// same address are of one size where both really end at the same machine. A connection that is
/// faster ends nearer: at a proxy or a tunnel's end. One that is slower goes another way, or its
/// answers wait for the program.
public final class MethodsAgreeCheck implements Check {

  /// Clocks of the kernel and of `ping`, and answers that wait for an acknowledgement.
  private static final Duration TOLERATED = Duration.ofMillis(1);

  private static final double TOLERATED_RATIO = 1.5;

  private record Both(Flow flow, Duration kernel, Duration icmp) {

    Duration difference() {
      return kernel.minus(icmp).abs();
    }

    boolean differs() {
      double larger = Math.max(Millis.of(kernel), Millis.of(icmp));
      double smaller = Math.min(Millis.of(kernel), Millis.of(icmp));
      return difference().compareTo(TOLERATED) > 0 && larger > smaller * TOLERATED_RATIO;
    }
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.methods-agree",
        "Connections and echo requests to one address take the same time",
        Severity.LOW,
        """
        Where a connection is much faster or slower than a ping to the same address, something stands \
        between: a proxy, a tunnel, a container's network, another route. Then a ping tells little of \
        what the service waits for.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "network.pings"),
        List.of(
            new Card.Threshold(
                "more than %s apart, and by more than a factor of %s: low"
                    .formatted(Millis.format(TOLERATED), TOLERATED_RATIO),
                "our own choice: clocks of kernel and ping, and answers that wait for an acknowledgement, explain less")),
        """
        # on the first host: minrtt of its connections, in ms
        ss -ti dst PEER
        # the shortest of ten echo requests to the same address
        ping -c 10 PEER\
        """,
        "Find out what stands between the two: a proxy, a tunnel, a container's network, or a firewall that treats echo requests otherwise. Until then believe the connections, which are what the service waits for.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return TalkingPairs.judge(fleet, info(), (pair, flows) -> judge(fleet, pair, flows));
  }

  private Finding judge(Fleet fleet, Subject.OfPair pair, List<Flow> flows) {
    Optional<Both> worst =
        flows.stream()
            .flatMap(flow -> both(fleet, flow).stream())
            .max(Comparator.comparing(Both::difference));
    if (worst.isEmpty()) {
      return Finding.of(
          info(),
          pair,
          new Verdict.NotApplicable(
              pair.label() + ": there are not both kinds of round trips to one address"));
    }
    Both both = worst.get();
    String because =
        "%s: %s on connections to port %d (the kernel's minimum), %s for echo requests to the same address"
            .formatted(
                pair.label(),
                Millis.format(both.kernel()),
                both.flow().port(),
                Millis.format(both.icmp()));
    Measurement[] measured = {
      Measurement.of("rttKernelMinMs", Millis.of(both.kernel()), "kernel"),
      Measurement.of("rttMinMs", Millis.of(both.icmp()), "icmp")
    };
    return both.differs()
        ? Finding.of(
                info(), pair, new Verdict.Fail(Severity.LOW, because + suspicion(both)), measured)
            .with(remedy(both.flow()))
        : Finding.of(info(), pair, new Verdict.Pass(because), measured);
  }

  private static String suspicion(Both both) {
    return both.kernel().compareTo(both.icmp()) < 0
        ? ": the connections end nearer, at a proxy or a tunnel"
        : ": the connections take another way, or their answers wait for a program";
  }

  private static Optional<Both> both(Fleet fleet, Flow flow) {
    return flow.minRtt()
        .flatMap(kernel ->
            fleet
                .topology()
                .rtts()
                .icmp(flow)
                .flatMap(Link::min)
                .map(icmp -> new Both(flow, kernel, icmp)));
  }

  private static Remedy remedy(Flow flow) {
    String address = flow.address();
    String from = Quoted.comment(flow.from().value());
    return new Remedy(
        "Find out what stands between the two: a proxy, a tunnel, a container's network or a firewall that treats echo requests otherwise.",
        """
        - name: Find out where connections end
          hosts: %s
          gather_facts: false
          tasks:
            - name: Show the connections with the kernel's round trips
              ansible.builtin.command:
                argv: [ss, -t, -i, -n, dst, %s]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
        """
            .formatted(Quoted.yaml(flow.from().value()), Quoted.yaml(address)),
        List.of(
            "ss -tin dst %s   # on %s: minrtt".formatted(Quoted.shell(address), from),
            "tcptraceroute -n %s %d   # on %s: where the connection ends"
                .formatted(Quoted.shell(address), flow.port(), from)));
  }
}
