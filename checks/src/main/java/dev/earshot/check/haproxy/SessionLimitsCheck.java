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
import dev.earshot.evidence.HaProxy.Frontend;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HaProxy.Sessions;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Sampled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A limit that is reached makes requests wait where no graph of the servers shows it: these are
/// idle because of it. Far below, it is cleared.
///
/// Limits: with less than a fifth left, the next burst does not get in. HAProxy's mean time in the
/// queue is in whole milliseconds and 0 without one, so that 1 ms is the least that it can show;
/// 100 ms is what Lemmy's administration guide wants a whole request to take.
public final class SessionLimitsCheck implements Check {

  private static final String ID = "haproxy.session-limits";

  private static final Limit.Share NEAR = new Limit.Share(ID, "near", new Percent(80));
  private static final Limit.Time WAITING = new Limit.Time(ID, "waiting", Duration.ofMillis(1));
  private static final Limit.Time WAITING_LONG =
      new Limit.Time(ID, "waiting_long", Duration.ofMillis(100), WAITING);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "HAProxy's session limits are far, and no request waits for a free slot",
        Severity.HIGH,
        """
        At `maxconn`, requests wait in HAProxy while the servers behind it look idle; at the limit \
        of a frontend or of the whole process, connections are not even accepted.\
        """,
        new Card(
            List.of(Balancers.PROBE),
            List.of(
                new Threshold(
                    "from %s of the limit of a server, a frontend or the process on: high"
                        .formatted(NEAR.told()),
                    "with less than a fifth left, the next burst does not get in",
                    NEAR),
                new Threshold(
                    "a request waits now, or the mean wait is %s or more: high"
                        .formatted(WAITING_LONG.told()),
                    "Lemmy's administration guide wants a whole request within 100 ms",
                    WAITING_LONG),
                new Threshold(
                    "a mean wait of %s: medium".formatted(WAITING.told()),
                    "the least that HAProxy's whole milliseconds show; 0 without a queue",
                    WAITING),
                new Threshold(
                    "a limit was reached, or requests waited, since HAProxy's start: low",
                    "smax = slim, qmax in its management guide; it may be long ago"),
                new Threshold(
                    "a server's maxconn is 1: low", "it serves one request after the other")),
            """
            # queue now and at most, sessions now, at most and allowed, mean wait
            echo 'show stat' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | cut -d , -f 1-7,59
            echo 'show info' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | grep -i maxconn\
            """,
            "Raise `maxconn` where its servers have room; make requests shorter where they have not."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Thresholds limits = fleet.policy().thresholds();
    return Balancers.judge(
        info(), fleet, Sampled::latest, (host, proxy) -> judge(limits, host, proxy));
  }

  private List<Finding> judge(Thresholds limits, HostEvidence host, HaProxy proxy) {
    Survey survey = new Survey(limits, host, proxy);
    survey.process();
    proxy.frontends().forEach(survey::frontend);
    proxy.backends().forEach(survey::backend);
    proxy.servers().forEach(survey::server);
    return survey.findings.isEmpty() ? List.of(survey.pass()) : survey.findings;
  }

  /// One look at one HAProxy.
  private final class Survey {

    private final Thresholds limits;
    private final Percent near;
    private final HostEvidence host;
    private final HaProxy proxy;
    private final List<Finding> findings = new ArrayList<>();

    Survey(Thresholds limits, HostEvidence host, HaProxy proxy) {
      this.limits = limits;
      this.near = limits.of(NEAR);
      this.host = host;
      this.proxy = proxy;
    }

    Finding pass() {
      return Finding.of(
          info(),
          Subject.host(host.name()),
          new Verdict.Pass(
              "%s: %d of %d connections, no request waits, and nothing came near its limit of %s; longest mean wait %s"
                  .formatted(
                      host.name(),
                      proxy.connections(),
                      proxy.maxConnections(),
                      near,
                      Millis.format(
                          proxy.servers().stream()
                              .map(Server::queue)
                              .max(Duration::compareTo)
                              .orElse(Duration.ZERO)))),
          share(proxy.connections(), proxy.maxConnections()));
    }

    void process() {
      if (isNear(proxy.connections(), proxy.maxConnections())) {
        add(
            Severity.HIGH,
            Subject.host(host.name()),
            "HAProxy holds %d of %d connections (maxconn); limit %s"
                .formatted(proxy.connections(), proxy.maxConnections(), near),
            "Raise `maxconn` in the global section, and the open files that HAProxy may have (LimitNOFILE) with it.",
            share(proxy.connections(), proxy.maxConnections()));
      } else if (proxy.timesFull().filter(times -> times > 0).isPresent()) {
        long within = fullWithinWindow();
        add(
            within > 0 ? Severity.HIGH : Severity.LOW,
            Subject.host(host.name()),
            "HAProxy was full (maxconn = %d) %d times %s, %d times within the window"
                .formatted(
                    proxy.maxConnections(),
                    proxy.timesFull().get(),
                    Balancers.sinceStart(proxy),
                    within),
            "Raise `maxconn` in the global section, and the open files that HAProxy may have (LimitNOFILE) with it.",
            share(proxy.connections(), proxy.maxConnections()));
      }
    }

    private long fullWithinWindow() {
      return host.haProxy()
          .change()
          .collected()
          .map(change ->
              change.after().timesFull().orElse(0L) - change.before().timesFull().orElse(0L))
          .orElse(0L);
    }

    void frontend(Frontend frontend) {
      Sessions sessions = frontend.sessions();
      int limit = sessions.limit().orElse(Integer.MAX_VALUE);
      boolean full = isNear(sessions.current(), limit);
      if (full || sessions.reachedLimit()) {
        add(
            full ? Severity.HIGH : Severity.LOW,
            Balancers.subject(host, "frontend", frontend.name()),
            "frontend %s holds %d of %d sessions, at most %d since HAProxy's start; limit %s"
                .formatted(frontend.name(), sessions.current(), limit, sessions.most(), near),
            "Raise `maxconn` of the frontend: what does not get in waits in the kernel, where nobody counts it.",
            share(sessions.current(), limit));
      }
    }

    /// Its own limit (`fullconn`) refuses nothing; only its queue counts.
    void backend(Backend backend) {
      int queued = backend.sessions().queued();
      int most = backend.sessions().mostQueued();
      if (queued > 0 || most > 0) {
        add(
            queued > 0 ? Severity.HIGH : Severity.LOW,
            Balancers.subject(host, "backend", backend.name()),
            "%d requests wait for a server of backend %s, at most %d since HAProxy's start; limit 0"
                .formatted(queued, backend.name(), most),
            "Raise `maxconn` of the backend's servers where these have room; else add servers or make requests shorter.",
            Measurement.limited("requestsQueued", queued, 0, "HAProxy"));
      }
    }

    void server(Server server) {
      Sessions sessions = server.sessions();
      worry(server)
          .ifPresent(severity ->
              add(
                  severity,
                  Balancers.subject(host, server),
                  "%s %s; %d requests wait, at most %d since HAProxy's start; mean wait %s, limit %s"
                      .formatted(
                          Balancers.name(server),
                          held(sessions),
                          sessions.queued(),
                          sessions.mostQueued(),
                          Millis.format(server.queue()),
                          Millis.format(limits.of(WAITING))),
                  "Raise the server's `maxconn` where it has room; else add servers or make requests shorter.",
                  Measurement.limited(
                      "queueMeanMs",
                      Millis.of(server.queue()),
                      Millis.of(limits.of(WAITING)),
                      "HAProxy")));
    }

    private void add(
        Severity severity, Subject subject, String what, String mend, Measurement measured) {
      findings.add(
          Finding.of(
                  info(),
                  subject,
                  new Verdict.Fail(severity, "%s: %s".formatted(host.name(), what)),
                  measured)
              .with(new Remedy(mend, "", List.of(Balancers.shows(host, "1-7,59")))));
    }

    private Optional<Severity> worry(Server server) {
      Sessions sessions = server.sessions();
      int limit = sessions.limit().orElse(Integer.MAX_VALUE);
      if (sessions.queued() > 0
          || server.queue().compareTo(limits.of(WAITING_LONG)) >= 0
          || (limit > 1 && isNear(sessions.current(), limit))) {
        return Optional.of(Severity.HIGH);
      } else if (server.queue().compareTo(limits.of(WAITING)) >= 0) {
        return Optional.of(Severity.MEDIUM);
      }
      return limit == 1 || sessions.reachedLimit() || sessions.mostQueued() > 0
          ? Optional.of(Severity.LOW)
          : Optional.empty();
    }

    private boolean isNear(int used, int limit) {
      return limit > 0 && used >= limit * near.ratio();
    }

    private Measurement share(int used, int limit) {
      return Measurement.limited(
          "sessionsUsedPercent",
          Percent.ofRatio((double) used / Math.max(1, limit)).value(),
          near.value(),
          "HAProxy");
    }
  }

  private static String held(Sessions sessions) {
    return sessions
        .limit()
        .map(limit ->
            limit == 1
                ? "has maxconn 1, so it serves one request after the other"
                : "holds %d of %d sessions, at most %d since HAProxy's start"
                    .formatted(sessions.current(), limit, sessions.most()))
        .orElseGet(() -> "holds %d sessions".formatted(sessions.current()));
  }
}
