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
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.topology.Flow;
import dev.earshot.topology.RttMatrix;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where the way over a third host is shorter than the straight one, packets go astray: through a
/// VPN's hub, over another provider's network, to a wrong address; or one of the measures is wrong.
/// The shortest round trips are compared, which queues and busy hosts hardly touch.
public final class DetourCheck implements Check {

  private static final String ID = "latency.detour";

  /// A route may be a little longer than another without anything being wrong.
  private static final Limit.Time TOLERATED = new Limit.Time(ID, "tolerated", Duration.ofMillis(2));

  private static final double TOLERATED_RATIO = 1.2;

  private record Way(HostName over, Duration takes) {}

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "No round trip takes longer than the way over a third host",
        Severity.MEDIUM,
        """
        Networks are routed so that straight ways are the short ones. Where they are not, traffic goes \
        through a VPN's hub, a proxy or a far exchange, and every round trip pays for it.\
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
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "longer than the way over a third host by more than %s and by more than a factor of %s: medium"
                    .formatted(TOLERATED.told(), TOLERATED_RATIO),
                "our own choice: a route may be a little longer than another without anything being wrong",
                TOLERATED)),
        """
        # on the first host: the shortest of ten round trips each (the number after min)
        ping -c 10 PEER
        ping -c 10 THIRD_HOST
        # on the third host; if the last two together are shorter than the first, packets go astray
        ping -c 10 PEER
        # which way they go
        mtr -rwc 10 PEER\
        """,
        "Give the two hosts a straight way: an address in a network that they share, or a route past the VPN's hub or the far exchange.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return TalkingPairs.judge(fleet, info(), (pair, flows) -> judge(fleet, pair, flows.getFirst()));
  }

  private Finding judge(Fleet fleet, Subject.OfPair pair, Flow flow) {
    RttMatrix rtts = fleet.topology().rtts();
    Optional<Duration> straight = rtts.shortest(pair.from(), pair.to());
    if (straight.isEmpty()) {
      return Finding.of(
          info(),
          pair,
          new Verdict.Unknown(pair.label() + ": the round trip could not be measured"));
    }
    Optional<Way> around =
        rtts.neighbours(pair.from()).stream()
            .filter(host -> !host.equals(pair.from()) && !host.equals(pair.to()))
            .flatMap(over -> way(rtts, pair, over).stream())
            .min(Comparator.comparing(Way::takes).thenComparing(Way::over));
    if (around.isEmpty()) {
      return Finding.of(
          info(),
          pair,
          new Verdict.NotApplicable(pair.label() + ": there is no third host to compare with"));
    }
    return judge(
        fleet.policy().thresholds().of(TOLERATED), flow, pair, straight.get(), around.get());
  }

  private static Optional<Way> way(RttMatrix rtts, Subject.OfPair pair, HostName over) {
    return rtts.shortest(pair.from(), over)
        .flatMap(first ->
            rtts.shortest(over, pair.to()).map(second -> new Way(over, first.plus(second))));
  }

  private Finding judge(
      Duration tolerated, Flow flow, Subject.OfPair pair, Duration straight, Way around) {
    Duration limit = max(around.takes().plus(tolerated), times(around.takes(), TOLERATED_RATIO));
    String because =
        "%s: %s a round trip, %s by way of %s; limit %s"
            .formatted(
                pair.label(),
                Millis.format(straight),
                Millis.format(around.takes()),
                around.over(),
                Millis.format(limit));
    Measurement measured =
        Measurement.limited("rttMinMs", Millis.of(straight), Millis.of(limit), "shortest");
    return straight.compareTo(limit) > 0
        ? Finding.of(info(), pair, new Verdict.Fail(Severity.MEDIUM, because), measured)
            .with(remedy(flow))
        : Finding.of(info(), pair, new Verdict.Pass(because), measured);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration times(Duration duration, double factor) {
    return Millis.duration(Millis.of(duration) * factor);
  }

  private static Remedy remedy(Flow flow) {
    String address = flow.address();
    String to = Quoted.shell(address);
    String from = Quoted.comment(flow.from().value());
    return new Remedy(
        "Look at the way that the packets take, and give the two hosts a straight one: an address in a network that they share, or a route past the VPN's hub.",
        """
        - name: Show the way that packets take
          hosts: %s
          gather_facts: false
          tasks:
            - name: Ask which route is taken
              ansible.builtin.command:
                argv: [ip, route, get, %s]
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
            "mtr -n -r -c 20 %s   # on %s".formatted(to, from),
            "ip route get %s   # on %s".formatted(to, from)));
  }
}
