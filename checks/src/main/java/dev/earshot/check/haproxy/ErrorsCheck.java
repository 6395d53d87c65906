package dev.earshot.check.haproxy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HaProxy.Backend;
import dev.earshot.evidence.HaProxy.Errors;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Sampled;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What HAProxy could not get from its servers within the window; what happened before is told
/// beside it and judged no more.
///
/// Limits: an error is one too many. From one in a hundred on, anybody who needs a hundred requests
/// for a page meets it. An answer of 5xx is the application's own, and some are meant. Of clients
/// some always leave: how many did is told, and judged by the log, which knows in which phase.
public final class ErrorsCheck implements Check {

  private static final String ID = "haproxy.errors";

  private static final Limit.Share MANY = new Limit.Share(ID, "many", new Percent(1));

  /// Of its table: names, `stot`, `econ` to `wredis`, `hrsp_5xx`, `cli_abrt`.
  private static final String COLUMNS = "1,2,8,14-17,44,50";

  /// Fewer requests make no share of what the application answers.
  private static final int ENOUGH = 20;

  /// HAProxy's uptime is in whole seconds.
  private static final Duration UPTIME_ERROR = Duration.ofSeconds(2);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "HAProxy's servers take every request and answer it",
        Severity.HIGH,
        """
        A request that fails is answered with an error or, to a federating server, lost until the \
        next try; one that is tried again comes late, by a second or more.\
        """,
        new Card(
            List.of(Balancers.PROBE),
            List.of(
                new Threshold(
                    "from %s of a server's requests on could not connect or got no whole answer: high; fewer: medium"
                        .formatted(MANY.told()),
                    "econ and eresp over the window; anybody who needs a hundred requests meets one",
                    MANY),
                new Threshold(
                    "from %s of %d requests or more on were answered with 5xx: medium; fewer: low"
                        .formatted(MANY.told(), ENOUGH),
                    "hrsp_5xx over the window"),
                new Threshold(
                    "from %s on was tried again: medium; fewer: low".formatted(MANY.told()),
                    "wretr and wredis over the window: answered, but late"),
                new Threshold(
                    "a request found no server: high", "econ of a backend beyond its servers'")),
            """
            # requests; errors connecting, answering; retries, redispatches; 5xx, broken off by clients: twice, and compare
            echo 'show stat' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | cut -d , -f COLUMNS
            # the last answer that HAProxy could not read
            echo 'show errors' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock\
            """
                .replace("COLUMNS", COLUMNS),
            "Look at the server's own log at that time: a service that restarts, an accept queue that is full, a keep-alive timeout shorter than HAProxy's; for 5xx, what it says went wrong."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Thresholds limits = fleet.policy().thresholds();
    return Balancers.judge(
        info(), fleet, Sampled::change, (host, change) -> judge(limits, host, change));
  }

  private List<Finding> judge(Thresholds limits, HostEvidence host, Change<HaProxy> change) {
    HaProxy before = change.before();
    HaProxy after = change.after();
    if (isAnother(change) || streams(after) < streams(before)) {
      return List.of(
          unknown(host, "it was reloaded, or its counters were cleared, within the window", after));
    }
    Map<String, Server> known =
        before.servers().stream()
            .collect(Collectors.toMap(Balancers::name, server -> server, (first, _) -> first));
    List<Finding> findings = new ArrayList<>();
    for (Server server : after.servers()) {
      Optional.ofNullable(known.get(Balancers.name(server)))
          .flatMap(earlier -> judge(limits, host, earlier, server, change.window()))
          .ifPresent(findings::add);
    }
    after
        .backends()
        .forEach(backend ->
            withoutServer(host, before, after, backend, change.window()).ifPresent(findings::add));
    if (!findings.isEmpty()) {
      return findings;
    }
    long requests = streams(after) - streams(before);
    return List.of(
        requests > 0
            ? Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.Pass(
                    "%s: its servers got %d requests within %s, failed none, and none was tried again; %s"
                        .formatted(
                            host.name(), requests, seconds(change.window()), sinceStart(after))))
            : unknown(
                host, "its servers got no request within " + seconds(change.window()), after));
  }

  private Finding unknown(HostEvidence host, String why, HaProxy proxy) {
    return Finding.of(
        info(),
        Subject.host(host.name()),
        new Verdict.Unknown("%s: %s; %s".formatted(host.name(), why, sinceStart(proxy))));
  }

  private Optional<Finding> judge(
      Thresholds limits, HostEvidence host, Server before, Server after, Duration window) {
    Errors errors = after.errors().since(before.errors());
    long failed = failed(errors);
    long again = errors.retries() + errors.redispatches();
    long requests = Math.max(1, after.streams() - before.streams());
    if (failed <= 0 && again <= 0) {
      return Optional.empty();
    }
    Percent share = share(failed, requests);
    Percent many = limits.of(MANY);
    long broken = errors.connect() + errors.response();
    boolean often = requests >= ENOUGH && share.compareTo(many) >= 0;
    Severity severity;
    if (broken > 0) {
      severity = share(broken, requests).compareTo(many) >= 0 ? Severity.HIGH : Severity.MEDIUM;
    } else {
      severity =
          often || share(again, requests).compareTo(many) >= 0 ? Severity.MEDIUM : Severity.LOW;
    }
    String because =
        "%s: %s: of %d requests within %s, %d could not connect, %d got no whole answer, %d were answered with an error (5xx; %s in all; limit 0), %d were tried again, %d sent to another server, of %d the client broke off; %s: %d, %d, %d, %d, %d and %d of %d"
            .formatted(
                host.name(),
                Balancers.name(after),
                requests,
                seconds(window),
                errors.connect(),
                errors.response(),
                errors.answered(),
                share,
                errors.retries(),
                errors.redispatches(),
                errors.givenUp(),
                sinceStart(host),
                after.errors().connect(),
                after.errors().response(),
                after.errors().answered(),
                after.errors().retries(),
                after.errors().redispatches(),
                after.errors().givenUp(),
                after.streams());
    return Optional.of(
        finding(
            host,
            Balancers.subject(host, after),
            new Verdict.Fail(severity, because),
            errors(failed > 0 ? share : share(again, requests))));
  }

  /// Errors of a backend that none of its servers made.
  private Optional<Finding> withoutServer(
      HostEvidence host, HaProxy before, HaProxy after, Backend backend, Duration window) {
    return before.backends().stream()
        .filter(earlier -> earlier.name().equals(backend.name()))
        .findFirst()
        .flatMap(earlier -> {
          long all = backend.errors().since(earlier.errors()).connect();
          long lost =
              all - connectErrors(after, backend.name()) + connectErrors(before, backend.name());
          if (lost <= 0) {
            return Optional.empty();
          }
          long requests = Math.max(1, backend.streams() - earlier.streams());
          return Optional.of(
              finding(
                  host,
                  Balancers.subject(host, "backend", backend.name()),
                  new Verdict.Fail(
                      Severity.HIGH,
                      "%s: backend %s: %d of %d requests within %s found no server that takes them; limit 0"
                          .formatted(host.name(), backend.name(), lost, requests, seconds(window))),
                  errors(share(lost, requests))));
        });
  }

  private static long connectErrors(HaProxy proxy, String backend) {
    return proxy.servers().stream()
        .filter(server -> server.backend().equals(backend))
        .mapToLong(server -> server.errors().connect())
        .sum();
  }

  private static Measurement errors(Percent share) {
    return Measurement.limited("errorsPercent", share.value(), 0, "HAProxy");
  }

  private Finding finding(
      HostEvidence host, Subject subject, Verdict.Fail fail, Measurement measured) {
    return Finding.of(info(), subject, fail, measured)
        .with(
            new Remedy(
                "Look at the log of the server at that time: a service that restarts or refuses, a full accept queue, a keep-alive timeout shorter than HAProxy's, or its own error behind a 5xx.",
                "",
                List.of(Balancers.shows(host, COLUMNS))));
  }

  /// Whether another process answered at the end: one that is younger than the window allows.
  private static boolean isAnother(Change<HaProxy> change) {
    Duration expected = change.before().uptime().plus(change.window()).minus(UPTIME_ERROR);
    return change.after().uptime().isPositive() && change.after().uptime().compareTo(expected) < 0;
  }

  /// What its servers were sent.
  private static long streams(HaProxy proxy) {
    return proxy.servers().stream().mapToLong(Server::streams).sum();
  }

  private static String sinceStart(HaProxy proxy) {
    long failed = proxy.servers().stream().mapToLong(server -> failed(server.errors())).sum();
    long late = proxy.servers().stream().mapToLong(server -> server.errors().givenUp()).sum();
    long broken = proxy.frontends().stream().mapToLong(HaProxy.Frontend::requestErrors).sum();
    return "%s, servers failed %d requests of %d, clients broke off %d before and %d after these were sent on"
        .formatted(Balancers.sinceStart(proxy), failed, streams(proxy), broken, late);
  }

  private static long failed(Errors errors) {
    return errors.connect() + errors.response() + errors.answered();
  }

  private static String sinceStart(HostEvidence host) {
    return host.haProxy().latest().collected().map(Balancers::sinceStart).orElse("since its start");
  }

  private static Percent share(long part, long whole) {
    return Percent.ofRatio(Math.min(1, (double) part / whole));
  }

  private static String seconds(Duration window) {
    return String.format(Locale.ROOT, "%.1f s", Millis.of(window) / 1000);
  }
}
