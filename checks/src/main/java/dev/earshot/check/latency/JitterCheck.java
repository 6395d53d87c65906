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
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A request that makes twenty round trips meets the slow ones among them nearly every time.
/// Between near hosts, round trips that scatter come from full queues, stolen processor time or a
/// radio link.
public final class JitterCheck implements Check {

  private static final String ID = "latency.jitter";

  /// Fewer echo requests tell nothing about the slowest of them.
  private static final int ENOUGH = 5;

  /// Schedulers alone add up to this.
  private static final Limit.Time TOLERATED = new Limit.Time(ID, "tolerated", Duration.ofMillis(2));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Round trips between hosts that talk to each other take much the same time",
        Severity.MEDIUM,
        """
        One slow round trip makes the whole request slow. Where they scatter, some queue on the way is \
        full at times, or a virtual machine waits for its processor.\
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
                "the slowest tenth more than %s, or more than the median itself, above the median: medium"
                    .formatted(TOLERATED.told()),
                "schedulers alone add up to the former; twice the median is our own choice",
                TOLERATED),
            new Card.Threshold(
                "fewer than %d answers: not judged".formatted(ENOUGH),
                "fewer tell nothing about the slowest of them")),
        """
        # on the first host: compare max with avg; mdev tells how much they scatter
        ping -c 20 -i 0.2 PEER
        # on both: column st is processor time that the hypervisor gave to others
        vmstat 1 10\
        """,
        "Find where packets wait: a full link (counters and queues of the interfaces), stolen processor time, a radio link, or a hop on the way. Then give that more room or go round it.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return TalkingPairs.judge(fleet, info(), (pair, flows) -> judge(fleet, pair, flows.getFirst()));
  }

  private Finding judge(Fleet fleet, Subject.OfPair pair, Flow flow) {
    Optional<Link> pings =
        fleet
            .topology()
            .rtts()
            .icmp(pair.from(), pair.to())
            .filter(link -> link.rtts().size() >= ENOUGH);
    if (pings.isEmpty()) {
      return Finding.of(
          info(),
          pair,
          new Verdict.Unknown(
              "%s: fewer than %d echo requests were answered".formatted(pair.label(), ENOUGH)));
    }
    Duration median = pings.get().median().orElseThrow();
    Duration slow = pings.get().percentile(0.9).orElseThrow();
    Duration tolerated = fleet.policy().thresholds().of(TOLERATED);
    Duration limit = median.plus(median.compareTo(tolerated) > 0 ? median : tolerated);
    String because =
        "%s: one round trip of ten takes %s or more, half of them at most %s (ICMP, %d answers); limit %s"
            .formatted(
                pair.label(),
                Millis.format(slow),
                Millis.format(median),
                pings.get().rtts().size(),
                Millis.format(limit));
    Measurement measured =
        Measurement.limited("rttP90Ms", Millis.of(slow), Millis.of(limit), "icmp");
    return slow.compareTo(limit) > 0
        ? Finding.of(info(), pair, new Verdict.Fail(Severity.MEDIUM, because), measured)
            .with(remedy(flow))
        : Finding.of(info(), pair, new Verdict.Pass(because), measured);
  }

  private static Remedy remedy(Flow flow) {
    String address = flow.address();
    String from = Quoted.comment(flow.from().value());
    return new Remedy(
        "Find where packets wait: a full link (look at the interfaces' counters and queues), stolen processor time (the column st of vmstat), or a hop on the way.",
        """
        - name: Find where packets wait
          hosts: %s
          gather_facts: false
          tasks:
            - name: Show the queues' drops and backlogs
              ansible.builtin.command:
                argv: [tc, -s, qdisc, show]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
            - name: Show stolen processor time
              ansible.builtin.command:
                argv: [vmstat, "1", "5"]
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
            "ping -c 100 -i 0.2 %s   # on %s: look at max and mdev"
                .formatted(Quoted.shell(address), from),
            "mtr -n -r -c 100 %s   # on %s: the hop from which times scatter"
                .formatted(Quoted.shell(address), from)));
  }
}
