package dev.earshot.check.nginx;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
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
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.Nginx.Log;
import dev.earshot.evidence.Nginx.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// nginx knows how long each request took, and how long the server behind it did; in its default
/// format it keeps that to itself.
///
/// No limits: the variables and their meaning stand in nginx's documentation (ngx_http_log_module,
/// ngx_http_upstream_module).
public final class TimingsLoggedCheck implements Check {

  /// Without addresses or query strings: times need neither.
  static final String SNIPPET =
      """
      log_format timings '$time_iso8601 $status $request_method rt=$request_time '
                         'uct="$upstream_connect_time" urt="$upstream_response_time" $uri';
      access_log /var/log/nginx/timings.log timings;
      """;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "nginx.timings-logged",
        "The logs of nginx say how long requests take, and how long the servers behind it do",
        Severity.LOW,
        """
        When something is slow, the log is where one looks first, and its default format does not say \
        how long anything took.\
        """,
        new Card(
            List.of(Nginx.PROBE.id()),
            List.of(
                new Threshold(
                    "no access log has $request_time: low", "not in nginx's format `combined`"),
                new Threshold(
                    "none has $upstream_response_time: info",
                    "nginx's own time can't be told from that of the servers behind it")),
            """
            sudo nginx -T 2>/dev/null | grep -E 'log_format|access_log|request_time'
            # number, median, maximum
            sudo tail -n 5000 /var/log/nginx/timings.log | grep -o ' rt=[0-9.]*' | cut -c 5- | sort -n | awk '{ t[NR] = $1 } END { print NR, t[int(NR / 2) + 1], t[NR] }'\
            """,
            "Add a log format with both times, and a log that uses it."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>();
    for (HostEvidence host : fleet.hosts()) {
      switch (host.nginx()) {
        case Evidence.Collected<Nginx>(Nginx nginx) -> findings.add(judge(host, nginx));
        case Evidence.Uncollected<Nginx>(String reason) ->
            findings.add(
                Finding.of(
                    info(),
                    Subject.host(host.name()),
                    new Verdict.Unknown("%s: %s".formatted(host.name(), reason))));
        case Evidence.Absent<Nginx>() -> {
          // nothing to judge
        }
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(), new Subject.OfFleet(), new Verdict.NotApplicable("no host runs nginx")))
        : findings;
  }

  private Finding judge(HostEvidence host, Nginx nginx) {
    Optional<Log> best =
        nginx.logs().stream()
            .filter(Log::logsRequest)
            .max(
                Comparator.comparing(Log::logsUpstream)
                    .thenComparing(log -> log.request().map(Times::count).orElse(0)));
    if (best.isEmpty()) {
      return fail(
          host,
          Severity.LOW,
          "%s: %s: none logs how long requests take ($request_time)"
              .formatted(host.name(), names(nginx)));
    }
    Log log = best.get();
    String because =
        "%s: nginx logs how long requests take in %s%s"
            .formatted(
                host.name(),
                log.path(),
                log.request().map(times -> ": " + words(times)).orElse(""));
    return log.logsUpstream()
        ? Finding.of(
            info(),
            Subject.host(host.name()),
            new Verdict.Pass(
                because
                    + log.upstream()
                        .map(times -> "; the servers behind it: " + words(times))
                        .orElse("")),
            measured(log))
        : fail(
            host,
            Severity.INFO,
            because + "; but not how long the servers behind it take ($upstream_response_time)",
            measured(log));
  }

  private Finding fail(
      HostEvidence host, Severity severity, String because, Measurement... measured) {
    return Finding.of(
            info(), Subject.host(host.name()), new Verdict.Fail(severity, because), measured)
        .with(remedy(host));
  }

  private static String names(Nginx nginx) {
    return nginx.logs().isEmpty()
        ? "nginx writes no access log"
        : "nginx's access logs "
            + nginx.logs().stream()
                .limit(5)
                .map(log -> "%s (format %s)".formatted(log.path(), log.format()))
                .collect(Collectors.joining(", "));
  }

  /// With the number, which says what the rest is worth.
  private static String words(Times times) {
    return "%d requests, median %s, 95 %% within %s, at most %s"
        .formatted(
            times.count(), millis(times.median()), millis(times.p95()), millis(times.most()));
  }

  /// nginx logs whole milliseconds: a 0 is less than one, not nothing.
  private static String millis(Duration logged) {
    return logged.isZero() ? "below 1 ms" : Millis.format(logged);
  }

  private static Measurement[] measured(Log log) {
    return Stream.concat(
            log.request().stream().flatMap(times -> measured("request", times)),
            log.upstream().stream().flatMap(times -> measured("upstream", times)))
        .toArray(Measurement[]::new);
  }

  private static Stream<Measurement> measured(String what, Times times) {
    return Stream.of(
        Measurement.of(what + "MedianMs", Millis.of(times.median()), "nginx log"),
        Measurement.of(what + "P95Ms", Millis.of(times.p95()), "nginx log"));
  }

  private static Remedy remedy(HostEvidence host) {
    return new Remedy(
        "Add a format with `$request_time` and `$upstream_response_time` to nginx's section `http`, and a log that uses it: %s A `server` section with logs of its own needs the `access_log` line, too."
            .formatted(SNIPPET.replaceAll("\\s+", " ")),
        """
        - name: nginx logs how long requests take
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Add a log of times
              ansible.builtin.copy:
                dest: /etc/nginx/conf.d/timings.conf
                mode: "0644"
                content: |
        %s      notify: Let nginx read it
            - name: See whether nginx takes it
              ansible.builtin.command:
                argv: [nginx, -t]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
          handlers:
            - name: Let nginx read it
              ansible.builtin.service:
                name: nginx
                state: reloaded
        """
            .formatted(Quoted.yaml(host.name().value()), SNIPPET.indent(10)),
        List.of(
            "sudo nginx -T 2>/dev/null | grep -E 'log_format|access_log|request_time'   # on "
                + Quoted.comment(host.name().value())));
  }
}
