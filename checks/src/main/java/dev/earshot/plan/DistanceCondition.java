package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Nearness;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Every question to a database or a cache waits one round trip, so what is gained or lost by a
/// move is multiplied by the number of questions; other talk is judged by what it makes of a
/// request.
///
/// Limits: those of the checks that would fail after the move, [Nearness].
final class DistanceCondition implements Condition {

  /// Enough to choose from.
  private static final int CANDIDATES = 3;

  @Override
  public CheckInfo info() {
    return info(Nearness.DATABASE.acceptable().usual());
  }

  /// @param limit in force
  private static CheckInfo info(Duration limit) {
    return new CheckInfo(
        "plan.distance",
        "From its new host the work is within %s of the database, the cache and the pict-rs that requests wait for, and the way to everything else that it talks to was measured"
            .formatted(Limit.Time.told(limit)),
        Severity.CRITICAL,
        "An application asks its database and its cache many times for one request, one question after the other, and each waits one round trip.",
        new Card(
            List.of("network.pings", "network.tunnels", "network.sockets"),
            List.of(
                new Threshold(
                    "above %s to a database, a cache or pict-rs: high; above %s: critical; or what is set for colocation.app-database, colocation.app-cache and colocation.app-pict-rs"
                        .formatted(
                            Nearness.DATABASE.acceptable().told(),
                            Nearness.DATABASE.unbearable().told()),
                    "Lemmy's administration guide: less than one to two milliseconds to the database; a request waits for a cache alike")),
            "ping -n -c 10 DATABASE   # on the new host",
            "Move to a host in the datacenter of what requests wait for, or move that along."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    return situation.routes().stream().map(route -> judge(situation, route)).toList();
  }

  private static Duration limit(Situation situation, Limit.Time limit) {
    return situation.fleet().policy().thresholds().of(limit);
  }

  private static Finding judge(Situation situation, Route route) {
    Nearness nearness = route.nearness().orElse(Nearness.DATABASE);
    Duration limit = limit(situation, nearness.acceptable());
    CheckInfo info = info(limit);
    HostName peer = situation.move().after(route.peer());
    Subject subject = route.subject(situation.move());
    if (route.after().isEmpty()) {
      return Finding.of(info, subject, new Verdict.Unknown(unmeasured(subject, route, peer)));
    }
    MeasuredRtt after = route.after().get();
    String because = because(situation, subject, route, after);
    Measurement measured = Measurement.of("rttMs", Millis.of(after.value()), after.method());
    if (route.nearness().isEmpty()) {
      return Finding.of(info, subject, new Verdict.Pass(because), measured);
    }
    measured =
        Measurement.limited("rttMs", Millis.of(after.value()), Millis.of(limit), after.method());
    because += "; limit " + Millis.format(limit);
    if (after.value().compareTo(limit) <= 0) {
      return Finding.of(info, subject, new Verdict.Pass(because), measured);
    }
    Severity severity =
        after.value().compareTo(limit(situation, nearness.unbearable())) > 0
            ? Severity.CRITICAL
            : Severity.HIGH;
    return Finding.of(info, subject, new Verdict.Fail(severity, because), measured)
        .with(remedy(situation, subject, peer, limit));
  }

  private static String unmeasured(Subject subject, Route route, HostName peer) {
    return "%s (%s): no round trip was measured; on the other end of the way, run: ping -n -c 10 %s"
        .formatted(subject.label(), route.service(), Quoted.shell(peer.value()));
  }

  private static String because(
      Situation situation, Subject subject, Route route, MeasuredRtt after) {
    String now =
        route
            .before()
            .filter(_ -> !situation.isMoved())
            .map(before ->
                " instead of %s with %s: %s"
                    .formatted(
                        Millis.format(before.value()),
                        situation.move().from(),
                        Difference.of(
                            after.value().minus(before.value()), route.callsPerRequest())))
            .orElse("");
    return "%s (%s): %s a round trip (%s)%s"
        .formatted(
            subject.label(), route.service(), Millis.format(after.value()), after.method(), now);
  }

  private static Remedy remedy(
      Situation situation, Subject subject, HostName peer, Duration limit) {
    List<String> near = near(situation, peer, limit);
    String within = Limit.Time.told(limit);
    String client = subject.hosts().getFirst().value();
    String server = subject.hosts().getLast().value();
    return new Remedy(
        near.isEmpty()
            ? "Choose a host within %s of %s; no other host of this inventory is."
                .formatted(within, peer)
            : "Choose a host within %s of %s instead, such as %s; or move both."
                .formatted(within, peer, String.join(", ", near)),
        """
        - name: The new host is near enough
          hosts: %s
          gather_facts: false
          tasks:
            - name: Measure the round trip
              ansible.builtin.command:
                argv: [ping, -n, -q, -c, "10", -i, "0.2", %s]
              register: earshot_round_trip
              changed_when: false
            - name: It takes %s at most
              ansible.builtin.assert:
                that: (earshot_round_trip.stdout | regex_search('= [0-9.]+/([0-9.]+)/', '\\\\1') | first | float) <= %d
        """
            .formatted(
                Quoted.yaml(client),
                Quoted.yaml(address(situation, server)),
                within,
                limit.toMillis()),
        List.of(
            "ping -n -c 10 %s   # on %s"
                .formatted(Quoted.shell(address(situation, server)), Quoted.comment(client))));
  }

  private static String address(Situation situation, String host) {
    return situation
        .fleet()
        .evidence()
        .host(new HostName(host))
        .map(known -> known.host().address())
        .orElse(host);
  }

  /// Nearest first.
  private static List<String> near(Situation situation, HostName peer, Duration limit) {
    return situation.fleet().hosts().stream()
        .map(HostEvidence::name)
        .filter(host -> !host.equals(peer))
        .filter(host -> !host.equals(situation.move().from()))
        .filter(
            host -> rtt(situation, host, peer).filter(rtt -> rtt.compareTo(limit) <= 0).isPresent())
        .sorted((a, b) -> order(situation, peer, a, b))
        .limit(CANDIDATES)
        .map(HostName::value)
        .toList();
  }

  private static int order(Situation situation, HostName peer, HostName a, HostName b) {
    Duration first = rtt(situation, a, peer).orElse(Duration.ZERO);
    return first.compareTo(rtt(situation, b, peer).orElse(Duration.ZERO));
  }

  private static Optional<Duration> rtt(Situation situation, HostName from, HostName to) {
    return MeasuredRtt.between(situation.fleet().topology().rtts(), from, to)
        .map(MeasuredRtt::value);
  }
}
