package dev.earshot.check.haproxy;

import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Sampled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Runs a rule over every HAProxy of a fleet and answers for the hosts where there is none to
/// judge.
final class Balancers {

  static final String PROBE = "haproxy.stats";

  private Balancers() {}

  /// @param look the newer sample, or the change between the two
  static <T> List<Finding> judge(
      CheckInfo info,
      Fleet fleet,
      Function<Sampled<HaProxy>, Evidence<T>> look,
      BiFunction<HostEvidence, T, List<Finding>> rule) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (look.apply(host.haProxy())) {
        case Evidence.Collected<T>(T value) -> findings.addAll(rule.apply(host, value));
        case Evidence.Uncollected<T>(String reason) ->
            findings.add(
                Finding.of(
                    info,
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<T>() -> {
          // nothing to judge
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info, new Subject.OfFleet(), new Verdict.NotApplicable("no host runs HAProxy")))
        : findings;
  }

  /// One thing of a HAProxy: `backend app`, `server app/app1`.
  static Subject subject(HostEvidence host, String kind, String name) {
    return new Subject.OfHost(host.name(), Optional.of(kind + " " + name));
  }

  static Subject subject(HostEvidence host, Server server) {
    return subject(host, "server", name(server));
  }

  /// `app/app1`, as HAProxy's own log writes it.
  static String name(Server server) {
    return server.backend() + "/" + server.name();
  }

  /// Shows columns of its table; the first 62 stand at the same place in all versions.
  ///
  /// @param columns by number, as `cut` takes them
  static String shows(HostEvidence host, String columns) {
    return "echo 'show stat' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | cut -d , -f %s   # on %s"
        .formatted(columns, Quoted.comment(host.name().value()));
  }

  /// HAProxy counts whole milliseconds: a 0 is less than one, not nothing.
  static String millis(Duration counted) {
    return counted.isZero() ? "below 1 ms" : Millis.format(counted);
  }

  /// `since its start 7 h ago`: what counters and maxima are of.
  static String sinceStart(HaProxy proxy) {
    return proxy.uptime().isZero()
        ? "since its start"
        : "since its start %s ago".formatted(span(proxy.uptime()));
  }

  /// `40 s`, `12 min`, `7 h`, `12 days`
  static String span(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    } else if (duration.toHours() < 2) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
  }
}
