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
import dev.earshot.evidence.HaProxyLog.Termination;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Percent;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who ended the requests of HAProxy's log before their time: it tells more of the past than
/// counters within a window do, and in which phase it was.
///
/// Meanings: HAProxy's manual, "Session state at disconnection". Clients that leave while data
/// flows (`CD`, `cD`), or before they sent a whole request (`CR`, `cR`), did not wait in vain; a
/// tunnel or stream of events where nothing happens for long ends as `sD`; and what a rule denies
/// (`P`) is meant so. Limits: anybody who needs a hundred requests for a page meets what happens to
/// one in a hundred; that one in twenty clients stops is no impatience.
public final class TerminationsCheck implements Check {

  private static final String ID = "haproxy.terminations";

  private static final Limit.Share FAILED = new Limit.Share(ID, "failed", new Percent(1));
  private static final Limit.Share GIVEN_UP = new Limit.Share(ID, "given_up", new Percent(5));

  /// Fewer requests make no share of one in a hundred.
  private static final int ENOUGH = 100;

  /// Most codes that are named.
  private static final int NAMED = 8;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Requests through HAProxy end with their answer: no server breaks them off, no client stops waiting",
        Severity.MEDIUM,
        """
        A server that breaks off or answers too late, and a client that no longer waits, are both a \
        request that was in vain; a federating server sends it again, for all its work anew.\
        """,
        new Card(
            List.of(HaProxyLog.PROBE.id()),
            List.of(
                new Threshold(
                    "servers, or HAProxy itself, ended %s of %d requests or more: medium"
                        .formatted(FAILED.told(), ENOUGH),
                    "states S, s (but sD), D, R, I; anybody who needs a hundred requests meets one",
                    FAILED),
                new Threshold(
                    "clients ended %s of %d requests or more before an answer came: medium"
                        .formatted(GIVEN_UP.told(), ENOUGH),
                    "states CQ, CC, CH; HAProxy's manual: the server takes too long, or somebody stops too fast, which not one in twenty does",
                    GIVEN_UP)),
            """
            # how often which state: its first letter is who ended the request, its second the phase
            sudo tail -n 5000 /var/log/haproxy.log | halog -q -tc
            # where there is no such file
            sudo journalctl -q -t haproxy -n 5000 --no-pager | halog -q -tc
            # which requests a state is of, here SH
            sudo tail -n 5000 /var/log/haproxy.log | halog -q -tcn SH | tail\
            """,
            "SC and sC: the server refuses connections; SH and SD: it ends amid an answer, look at its log; sH: the answer takes longer than `timeout server`; sQ: no slot came free within `timeout queue`; CH, CQ and CC: it takes longer than the client waits."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Logs.judge(
        info(), fleet, (host, log) -> List.of(judge(fleet.policy().thresholds(), host, log)));
  }

  private Finding judge(Thresholds limits, HostEvidence host, HaProxyLog log) {
    int requests = count(log, _ -> true);
    if (requests == 0 && !log.servers().isEmpty()) {
      return Finding.of(
          info(),
          Subject.host(host.name()),
          new Verdict.Unknown(
              "%s: this evidence is older, and does not tell how requests ended"
                  .formatted(host.name())));
    }
    if (requests == 0) {
      return Logs.withoutRequests(info(), host);
    }
    Percent failed = Percent.ofRatio((double) count(log, TerminationsCheck::isFailure) / requests);
    Percent givenUp = Percent.ofRatio((double) count(log, TerminationsCheck::isGivenUp) / requests);
    boolean bad =
        failed.compareTo(limits.of(FAILED)) >= 0 || givenUp.compareTo(limits.of(GIVEN_UP)) >= 0;
    String words =
        "%s: of the last %d requests in HAProxy's log, its servers or HAProxy itself ended %s (limit %s), and clients %s before an answer came (limit %s); by state: %s"
            .formatted(
                host.name(),
                requests,
                failed,
                limits.of(FAILED),
                givenUp,
                limits.of(GIVEN_UP),
                states(log));
    if (!bad) {
      return Finding.of(info(), Subject.host(host.name()), new Verdict.Pass(words));
    }
    if (requests < ENOUGH) {
      return Finding.of(
          info(),
          Subject.host(host.name()),
          new Verdict.Unknown("%s; %d requests would tell".formatted(words, ENOUGH)));
    }
    return Finding.of(
            info(),
            Subject.host(host.name()),
            new Verdict.Fail(Severity.MEDIUM, words),
            share("failedPercent", failed, limits.of(FAILED)),
            share("givenUpPercent", givenUp, limits.of(GIVEN_UP)))
        .with(
            new Remedy(
                "See which requests the states are of, and in the log of their server what happened then; where clients give up, the path's budget says where the time goes.",
                "",
                List.of(
                    "sudo tail -n 5000 /var/log/haproxy.log | halog -q -tcn %s | tail   # on %s"
                        .formatted(worst(log), Quoted.comment(host.name().value())),
                    "sudo journalctl -q -t haproxy -n 5000 --no-pager | halog -q -tcn %s | tail   # where it has no such file"
                        .formatted(worst(log)))));
  }

  private static Measurement share(String name, Percent value, Percent limit) {
    return Measurement.limited(name, value.value(), limit.value(), "HAProxy's log");
  }

  private static int count(HaProxyLog log, Predicate<String> of) {
    return log.terminations().stream()
        .filter(termination -> of.test(termination.code()))
        .mapToInt(Termination::requests)
        .sum();
  }

  private static boolean isFailure(String code) {
    return "SsDRI".indexOf(code.charAt(0)) >= 0 && !code.equals("sD");
  }

  private static boolean isGivenUp(String code) {
    return code.charAt(0) == 'C' && "QCH".indexOf(code.charAt(1)) >= 0;
  }

  /// `-- 4870, SH 12, CD 3`
  private static String states(HaProxyLog log) {
    return log.terminations().stream()
        .sorted(Comparator.comparingInt(Termination::requests).reversed())
        .limit(NAMED)
        .map(end -> "%s %d".formatted(end.code(), end.requests()))
        .collect(Collectors.joining(", "));
  }

  private static String worst(HaProxyLog log) {
    return log.terminations().stream()
        .filter(end -> isFailure(end.code()) || isGivenUp(end.code()))
        .max(Comparator.comparingInt(Termination::requests))
        .map(Termination::code)
        .orElse("SH");
  }
}
