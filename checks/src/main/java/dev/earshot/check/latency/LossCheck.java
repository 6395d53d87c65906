package dev.earshot.check.latency;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Ping;
import dev.earshot.topology.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A lost segment costs its request 200 ms and more, a lost connection attempt a second. Between
/// hosts of one service none should get lost.
public final class LossCheck implements Check {

  private static final String ID = "latency.loss";

  /// One echo request lost of ten can be chance or a rate limit; one of a hundred segments is
  /// neither.
  private static final Limit.Share RETRANSMITTED =
      new Limit.Share(ID, "retransmitted", new Percent(1));

  /// Segments: one or two are sent again needlessly at times, when an answer was late.
  private static final int NO_CHANCE = 3;

  /// Without a window fewer are sent, and then one lost is no share to speak of.
  private static final int USUAL_ECHOES = 10;

  private static final Limit.Share ECHO_LOST = new Limit.Share(ID, "echo_lost", new Percent(10));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Nothing gets lost between hosts that talk to each other",
        Severity.HIGH,
        """
        Whatever is lost has to be sent again after a wait of 200 ms or more, so even little loss \
        makes some requests very slow.\
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
                "more than %s of the echo requests lost: high".formatted(ECHO_LOST.told()),
                "one of ten, or one without a window, can be chance or a rate limit",
                ECHO_LOST),
            new Card.Threshold(
                "more than %s of a connection's segments sent again, and %d or more: high"
                    .formatted(RETRANSMITTED.told(), NO_CHANCE),
                "one of a hundred is no rate limit; one or two are sent again needlessly when an answer was late",
                RETRANSMITTED)),
        """
        # on the first host: the share of packet loss
        ping -c 100 -i 0.2 PEER
        # segments sent again (retrans:NOW/ALL) on its connections
        ss -ti dst PEER
        # which hop loses
        mtr -rwc 100 PEER\
        """,
        "Find the hop that loses: run mtr in both directions, look at the interfaces' error counters and the provider's status page. Loss that begins at a hop and goes on to the last counts; at one hop alone it is a rate limit.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    TalkingPairs.of(fleet).forEach((pair, flows) -> findings.add(judge(fleet, pair, flows)));
    for (HostEvidence host : fleet.hosts()) {
      if (host.pings() instanceof Evidence.Uncollected<List<Ping>>(String reason)) {
        findings.add(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.Unknown("%s could not ping: %s".formatted(host.name(), reason))));
      } else {
        TalkingPairs.untold(host, info()).ifPresent(findings::add);
      }
    }
    return findings.isEmpty() ? List.of(TalkingPairs.none(info())) : findings;
  }

  private Finding judge(Fleet fleet, Subject.OfPair pair, List<Flow> flows) {
    double echoLost = fleet.policy().thresholds().of(ECHO_LOST).ratio();
    double sentAgain = fleet.policy().thresholds().of(RETRANSMITTED).ratio();
    Optional<Lost> icmp =
        fleet
            .topology()
            .rtts()
            .icmp(pair.from(), pair.to())
            .map(link -> new Lost(link.sent() - link.received(), link.sent()));
    Optional<Lost> kernel =
        flows.stream()
            .flatMap(flow -> flow.traffic().stream())
            .filter(traffic -> traffic.sent() > 0)
            .map(traffic -> new Lost(traffic.retransmitted(), traffic.sent()))
            .reduce(Lost::plus);
    if (icmp.isEmpty() && kernel.isEmpty()) {
      return Finding.of(
          info(),
          pair,
          new Verdict.Unknown(
              "%s: no echo request was answered, and no segments were sent in the window"
                  .formatted(pair.label())));
    }
    String because =
        "%s: %s"
            .formatted(
                pair.label(),
                Stream.concat(
                        icmp.map(lost -> lost.text("echo requests lost")).stream(),
                        kernel.map(lost -> lost.text("segments sent again")).stream())
                    .collect(Collectors.joining(", ")));
    boolean fails =
        icmp.filter(lost -> lost.ratio() > echoLost)
                .filter(lost -> lost.count() > 1 || lost.sent() >= USUAL_ECHOES)
                .isPresent()
            || kernel
                .filter(lost -> lost.ratio() > sentAgain && lost.count() >= NO_CHANCE)
                .isPresent();
    Measurement[] measured =
        Stream.concat(
                icmp.map(lost -> lost.measured("lossRatio", echoLost, "icmp")).stream(),
                kernel
                    .map(lost -> lost.measured("retransmittedRatio", sentAgain, "kernel"))
                    .stream())
            .toArray(Measurement[]::new);
    return fails
        ? Finding.of(info(), pair, new Verdict.Fail(Severity.HIGH, because), measured)
            .with(remedy(flows.getFirst()))
        : Finding.of(info(), pair, new Verdict.Pass(because), measured);
  }

  private record Lost(long count, long sent) {

    double ratio() {
      return (double) count / Math.max(1, sent);
    }

    Lost plus(Lost other) {
      return new Lost(count + other.count, sent + other.sent);
    }

    String text(String what) {
      return String.format(Locale.ROOT, "%d of %d %s (%.1f %%)", count, sent, what, ratio() * 100);
    }

    Measurement measured(String name, double limit, String by) {
      return Measurement.limited(name, ratio(), limit, by);
    }
  }

  private static Remedy remedy(Flow flow) {
    String address = flow.address();
    String client = Quoted.comment(flow.from().value());
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
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
        """
            .formatted(Quoted.yaml(flow.from().value())),
        List.of(
            "mtr -n -r -c 100 %s   # on %s".formatted(Quoted.shell(address), client),
            "ss -tin dst %s   # on %s: retrans is what was sent again"
                .formatted(Quoted.shell(address), client)));
  }
}
