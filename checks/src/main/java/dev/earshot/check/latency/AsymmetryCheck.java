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
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Ping;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Link;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A round trip goes there and back, so it takes the same whichever end asks: even where the two
/// ways differ, their sum does not. Where the ends disagree, they did not measure the same thing:
/// they asked over different addresses, one of them was too busy to answer or to look at its clock,
/// or a probe is wrong.
///
/// Single slow answers are chance; what counts is that most answers of one end are slower than most
/// of the other's.
public final class AsymmetryCheck implements Check {

  /// Fewer answers tell nothing about most of them.
  private static final int ENOUGH = 5;

  /// Schedulers and two rounds of echo requests that do not run at the same moment.
  private static final Duration TOLERATED = Duration.ofMillis(1);

  private static final double TOLERATED_RATIO = 1.2;

  /// What most of the answers take is between this share of them and the rest of it.
  private static final double EDGE = 0.1;

  private record Ends(Link there, Link back) {

    Duration median() {
      return there.median().orElseThrow();
    }

    Duration medianBack() {
      return back.median().orElseThrow();
    }

    Link slower() {
      return median().compareTo(medianBack()) >= 0 ? there : back;
    }

    Link faster() {
      return slower().equals(there) ? back : there;
    }

    boolean differ() {
      Duration slow = slower().median().orElseThrow();
      Duration fast = faster().median().orElseThrow();
      return slow.minus(fast).compareTo(TOLERATED) > 0
          && Millis.of(slow) > Millis.of(fast) * TOLERATED_RATIO
          && faster()
                  .percentile(1 - EDGE)
                  .orElseThrow()
                  .compareTo(slower().percentile(EDGE).orElseThrow())
              < 0;
    }
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.asymmetry",
        "A round trip takes the same from either end",
        Severity.LOW,
        """
        A round trip goes there and back, whoever asks. Where one end measures more than the other, the \
        two did not measure the same way, or one of them is too busy to answer: no figure between \
        them is to be trusted before that is known. It does not mean that one direction is slower.\
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
                "medians more than %s and a factor of %s apart, and nine answers of ten from one end faster than nine of ten from the other: low"
                    .formatted(Millis.format(TOLERATED), TOLERATED_RATIO),
                "our own choice: schedulers, and a network that changes between two rounds of echo requests, explain less"),
            new Card.Threshold(
                "fewer than %d answers from either end: not judged".formatted(ENOUGH),
                "fewer tell nothing about most of them")),
        """
        # on each of the two: compare the numbers after min, and the address that is asked
        ping -c 10 PEER
        # on each: the way that packets take, and from which address
        ip route get PEER
        # on the slower one: is it too busy to look at its clock?
        vmstat 1 10\
        """,
        "Let both ends reach each other over the same network (the inventory's addresses, the routes), and look whether the slower end was short of processor time. A VPN or a floating address that only one of them uses shows here first.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return TalkingPairs.judge(fleet, info(), (pair, flows) -> judge(fleet, pair, flows.getFirst()));
  }

  private Finding judge(Fleet fleet, Subject.OfPair pair, Flow flow) {
    Optional<Verdict> silent =
        silent(fleet, pair, pair.from(), pair.to())
            .or(() -> silent(fleet, pair, pair.to(), pair.from()));
    if (silent.isPresent()) {
      return Finding.of(info(), pair, silent.get());
    }
    return judge(
        pair,
        flow,
        new Ends(
            fleet.topology().rtts().icmp(pair.from(), pair.to()).orElseThrow(),
            fleet.topology().rtts().icmp(pair.to(), pair.from()).orElseThrow()));
  }

  /// Why one end's answers can't be compared. An end that was never to ask has none, and that is no
  /// gap.
  private static Optional<Verdict> silent(
      Fleet fleet, Subject.OfPair pair, HostName from, HostName to) {
    Optional<HostEvidence> host = fleet.evidence().host(from);
    if (host.isEmpty()) {
      return Optional.of(
          new Verdict.NotApplicable(
              "%s: %s is not among the hosts that are audited".formatted(pair.label(), from)));
    }
    return switch (host.get().pings()) {
      case Evidence.Uncollected<List<Ping>>(String reason) ->
          Optional.of(
              new Verdict.Unknown(
                  "%s: what %s measures is not known: %s".formatted(pair.label(), from, reason)));
      case Evidence.Absent<List<Ping>>() -> Optional.of(notAsked(pair, from, to));
      case Evidence.Collected<List<Ping>>(List<Ping> pings) -> {
        if (pings.stream().noneMatch(ping -> ping.peer().equals(to))) {
          yield Optional.of(notAsked(pair, from, to));
        }
        yield fleet
                .topology()
                .rtts()
                .icmp(from, to)
                .filter(link -> link.rtts().size() >= ENOUGH)
                .isPresent()
            ? Optional.empty()
            : Optional.of(
                new Verdict.Unknown(
                    "%s: fewer than %d echo requests from %s were answered"
                        .formatted(pair.label(), ENOUGH, from)));
      }
    };
  }

  private static Verdict notAsked(Subject.OfPair pair, HostName from, HostName to) {
    return new Verdict.NotApplicable("%s: %s was not to ask %s".formatted(pair.label(), from, to));
  }

  private Finding judge(Subject.OfPair pair, Flow flow, Ends ends) {
    String because =
        "%s: %s a round trip as %s measures it, %s as %s does (ICMP, medians of %d and %d)"
            .formatted(
                pair.label(),
                Millis.format(ends.median()),
                pair.from(),
                Millis.format(ends.medianBack()),
                pair.to(),
                ends.there().rtts().size(),
                ends.back().rtts().size());
    Measurement[] measured = {
      Measurement.of("rttMedianMs", Millis.of(ends.median()), "icmp"),
      Measurement.of("rttMedianBackMs", Millis.of(ends.medianBack()), "icmp")
    };
    return ends.differ()
        ? Finding.of(
                info(),
                pair,
                new Verdict.Fail(
                    Severity.LOW,
                    because
                        + ": they went over different addresses or networks, or %s was busy"
                            .formatted(ends.slower().from())),
                measured)
            .with(remedy(flow, ends))
        : Finding.of(info(), pair, new Verdict.Pass(because), measured);
  }

  private static Remedy remedy(Flow flow, Ends ends) {
    return new Remedy(
        "Let %s and %s reach each other over the same network, and see whether %s lacked processor time."
            .formatted(flow.from(), flow.to(), ends.slower().from()),
        """
        - name: Find out why two ends of a way disagree
          hosts: [%s, %s]
          gather_facts: false
          tasks:
            - name: Show the routes
              ansible.builtin.command:
                argv: [ip, route, show]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
            - name: Show processor time that was stolen or lacking
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
            .formatted(Quoted.yaml(flow.from().value()), Quoted.yaml(flow.to().value())),
        List.of(command(ends.there()), command(ends.back())));
  }

  private static String command(Link link) {
    return "ping -n -c 20 -i 0.2 %s   # on %s"
        .formatted(
            Quoted.shell(link.over().map(address -> address.value()).orElse(link.to().value())),
            Quoted.comment(link.from().value()));
  }
}
