package dev.earshot.check.haproxy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
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
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HaProxyLog;
import dev.earshot.evidence.HaProxyLog.Percentiles;
import dev.earshot.evidence.HaProxyLog.Server;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A mean hides that one request in twenty takes seconds; HAProxy's log does not.
///
/// Limits: a sender that waits for each answer gets less than one request a second through where
/// the median is a second, and Lemmy's gives a request up after ten. A percentile is judged where
/// at least one request lies beyond it.
public final class ResponseTimeCheck implements Check {

  private static final String ID = "haproxy.response-time";

  private static final Limit.Time SLOW = new Limit.Time(ID, "slow", Duration.ofSeconds(1));
  private static final Limit.Time GIVEN_UP = new Limit.Time(ID, "given_up", Duration.ofSeconds(10));
  private static final int ENOUGH_FOR_MEDIAN = 20;
  private static final int ENOUGH_FOR_P99 = 100;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Servers behind HAProxy answer within a second, and none of a hundred requests takes ten",
        Severity.HIGH,
        """
        A sender that waits for each answer before it sends the next gets no more through than the \
        servers' response time lets it, and one that waits too long gives up and tries again.\
        """,
        new Card(
            List.of(HaProxyLog.PROBE.id()),
            List.of(
                new Threshold(
                    "the 99th percentile of %d requests or more is %s or more: high"
                        .formatted(ENOUGH_FOR_P99, GIVEN_UP.told()),
                    "Lemmy's federation queue gives a request up after ten seconds",
                    GIVEN_UP),
                new Threshold(
                    "the median of %d requests or more is %s or more: medium"
                        .formatted(ENOUGH_FOR_MEDIAN, SLOW.told()),
                    "a serial sender gets less than one a second through",
                    SLOW)),
            """
            # percent, requests, ms: request, connect, response, data
            sudo tail -n 5000 /var/log/haproxy.log | halog -pct
            # where there is no such file
            sudo journalctl -q -t haproxy -n 5000 --no-pager | halog -pct
            # means per server
            sudo tail -n 5000 /var/log/haproxy.log | halog -srv
            # which URLs take the time
            sudo tail -n 5000 /var/log/haproxy.log | halog -ut | head\
            """,
            "See where the time goes behind the load balancer: the budget of the path says how much of it is the way to the database. A POST, as to Lemmy's inbox, counts from its head on, so that a sender that is slow with the body makes the server look slow; `option http-buffer-request` waits for the body first."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Logs.judge(info(), fleet, (host, log) -> judge(fleet.policy().thresholds(), host, log));
  }

  private List<Finding> judge(Thresholds limits, HostEvidence host, HaProxyLog log) {
    List<Finding> findings = new ArrayList<>();
    for (Server server : log.servers()) {
      severity(limits, server)
          .ifPresent(severity -> findings.add(failure(limits, host, server, severity)));
    }
    List<Server> well =
        log.servers().stream().filter(one -> severity(limits, one).isEmpty()).toList();
    if (!well.isEmpty()) {
      findings.add(
          Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.Pass(
                  "%s: %s"
                      .formatted(
                          host.name(),
                          well.stream()
                              .map(ResponseTimeCheck::words)
                              .collect(Collectors.joining("; "))))));
    }
    return findings.isEmpty() ? List.of(Logs.withoutRequests(info(), host)) : findings;
  }

  private static Optional<Severity> severity(Thresholds limits, Server server) {
    Percentiles response = server.response();
    if (server.requests() >= ENOUGH_FOR_P99 && response.p99().compareTo(limits.of(GIVEN_UP)) >= 0) {
      return Optional.of(Severity.HIGH);
    }
    return server.requests() >= ENOUGH_FOR_MEDIAN && response.p50().compareTo(limits.of(SLOW)) >= 0
        ? Optional.of(Severity.MEDIUM)
        : Optional.empty();
  }

  private Finding failure(Thresholds limits, HostEvidence host, Server server, Severity severity) {
    return Finding.of(
            info(),
            Balancers.subject(host, "server", server.name()),
            new Verdict.Fail(
                severity,
                "%s: %s; limits: median %s, 99 %% %s (of a POST, the body's way to the server counts)"
                    .formatted(
                        host.name(),
                        words(server),
                        Millis.format(limits.of(SLOW)),
                        Millis.format(limits.of(GIVEN_UP)))),
            Measurement.limited(
                "responseMedianMs",
                Millis.of(server.response().p50()),
                Millis.of(limits.of(SLOW)),
                "HAProxy's log"),
            Measurement.limited(
                "responseP99Ms",
                Millis.of(server.response().p99()),
                Millis.of(limits.of(GIVEN_UP)),
                "HAProxy's log"))
        .with(
            new Remedy(
                "See in the path's budget where the time goes: to the database and back, in the database, or in the server itself.",
                "",
                List.of(
                    "sudo tail -n 5000 /var/log/haproxy.log | halog -ut | head   # on %s: which URLs take the time"
                        .formatted(Quoted.comment(host.name().value())))));
  }

  /// With the number, which says what the rest is worth.
  private static String words(Server server) {
    return "%s answered %d requests, half within %s, 95 %% within %s, 99 %% within %s; connecting took %s, %s and %s"
        .formatted(
            server.name(),
            server.requests(),
            Balancers.millis(server.response().p50()),
            Balancers.millis(server.response().p95()),
            Balancers.millis(server.response().p99()),
            Balancers.millis(server.connect().p50()),
            Balancers.millis(server.connect().p95()),
            Balancers.millis(server.connect().p99()));
  }
}
