package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
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
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.evidence.Remote.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What other instances have still to send to ours, as they say themselves. A sender waits for each
/// answer, so that an instance that takes long over one activity falls behind those who send much.
///
/// The limits are those of [FederationQueueCheck], seen from the other end.
public final class RemoteQueueCheck implements Check {

  private static final String ID = "lemmy.remote-queue";

  private static final Lateness LATENESS = Lateness.of(ID);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Other instances have sent us everything within ten minutes",
        Severity.CRITICAL,
        """
        What another instance has not yet sent is missing here: posts, comments and votes come late, \
        and after a week never. If it is behind with us alone, we take too long to accept.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("lemmy.database", "lemmy.nodeinfo"),
        LATENESS.thresholds(),
        """
        # anywhere: what it has sent us, and what the one that has got most has (in 1.0: /api/v4, page by page)
        curl -s https://REMOTE/api/v3/federated_instances | jq '[.federated_instances.linked[] | select(.federation_state) | {domain, id: .federation_state.last_successful_id}] | max_by(.id), (.[] | select(.domain == "DOMAIN"))'\
        """,
        "See lemmy.federation-queue of the sender, and here what a request to the inbox takes: the distance of backend and database above all. Where that can't be mended, the sender may set federation.concurrent_sends_per_instance (Lemmy 0.19.6 and later).");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Remote> remotes = fleet.evidence().remotes();
    return remotes.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable(
                    "no other instance was asked: 'earshot audit --remote URL --domain OURS'")))
        : remotes.stream().map(remote -> judge(fleet, remote)).toList();
  }

  private Finding judge(Fleet fleet, Remote remote) {
    Subject subject = subject(fleet, remote);
    return switch (remote.end()) {
      case Evidence.Collected<Poll>(Poll poll) ->
          poll.ours()
              .map(sent -> judge(fleet, remote, subject, poll, sent))
              .orElseGet(() ->
                  Finding.of(
                      info(),
                      subject,
                      new Verdict.Unknown(
                          "%s does not name %s among those it sends to: is that what it knows us by (--domain)?"
                              .formatted(remote.name(), remote.domain()))));
      case Evidence.Uncollected<Poll>(String reason) ->
          Finding.of(
              info(), subject, new Verdict.Unknown("%s: %s".formatted(remote.name(), reason)));
      case Evidence.Absent<Poll>() ->
          Finding.of(
              info(), subject, new Verdict.NotApplicable(remote.name() + " tells of no instance"));
    };
  }

  private Finding judge(Fleet fleet, Remote remote, Subject subject, Poll poll, Sent sent) {
    Thresholds limits = fleet.policy().thresholds();
    Duration lagging = limits.of(LATENESS.lagging());
    long behind = Math.max(0, poll.newest() - sent.upTo());
    Optional<Duration> known = behind == 0 ? Optional.of(Duration.ZERO) : late(poll, sent);
    if (known.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              "%s is %d activities behind with sending to %s, and does not say since when"
                  .formatted(remote.name(), behind, remote.domain())));
    }
    Duration late = known.get();
    Optional<Double> gain = gain(remote);
    String told =
        "%s is %d activities and %s behind with sending to %s%s%s%s%s; limit %s"
            .formatted(
                remote.name(),
                behind,
                Lateness.told(late),
                remote.domain(),
                sent.failures() > 0 ? ", failed %d times in a row".formatted(sent.failures()) : "",
                behind > 0 ? outlook(behind, gain) : "",
                rates(fleet, remote),
                behind > 0 ? others(poll) : "",
                Limit.Time.told(lagging));
    Measurement measured =
        Measurement.limited(
            "remoteBehindMinutes",
            late.toMinutes(),
            lagging.toMillis() / 60_000.0,
            "federated_instances");
    if (late.compareTo(lagging) <= 0) {
      return Finding.of(info(), subject, new Verdict.Pass(told), measured);
    }
    boolean diverging = gain.filter(perSecond -> perSecond < 0).isPresent();
    Severity severity = LATENESS.severity(limits, late, diverging);
    return Finding.of(info(), subject, new Verdict.Fail(severity, told), measured)
        .with(
            new Remedy(
                "See what a request to our inbox takes, and of what: it is what the sender waits for, once an activity. If others are as late with it, it is the sender's.",
                "",
                List.of("earshot checks lemmy.remote-queue")));
  }

  /// Whether it is late with us alone.
  private static String others(Poll poll) {
    return poll.others()
        .filter(others -> others.reached() > 0)
        .map(others ->
            "; of the %d others that it reaches, %s half as far behind or more"
                .formatted(
                    others.reached(),
                    others.asLate() == 0
                        ? "none is"
                        : others.asLate() == 1 ? "1 is" : others.asLate() + " are"))
        .orElse("");
  }

  /// By the sender's clock alone.
  private static Optional<Duration> late(Poll poll, Sent sent) {
    return poll.newestPublished()
        .flatMap(newest -> sent.published().map(ours -> Duration.between(ours, newest)))
        .map(late -> late.isNegative() ? Duration.ZERO : late);
  }

  /// Activities a second that it catches up by; below zero where it falls further behind.
  private static Optional<Double> gain(Remote remote) {
    return window(remote)
        .filter(window -> window.compareTo(Lateness.TELLING) >= 0)
        .flatMap(window ->
            made(remote)
                .flatMap(made -> got(remote).map(got -> Rate.of(got - made, window).perSecond())));
  }

  private static String outlook(long behind, Optional<Double> gain) {
    return gain.map(perSecond ->
            perSecond > 0
                ? ", caught up in " + Lateness.told(Duration.ofSeconds((long) (behind / perSecond)))
                : perSecond < 0
                    ? ", diverging by %s".formatted(new Rate(-perSecond))
                    : ", standing still")
        .orElse(
            ", whether it catches up takes --window %d or more to tell"
                .formatted(Lateness.TELLING.toSeconds()));
  }

  /// Numbers of activities are of all instances': what we got is at most what is said.
  private static String rates(Fleet fleet, Remote remote) {
    return window(remote)
        .flatMap(window ->
            made(remote)
                .flatMap(made ->
                    got(remote)
                        .map(got ->
                            "; over %d s it made %s, of which it got through %s with us%s"
                                .formatted(
                                    window.toSeconds(),
                                    Rate.of(made, window),
                                    Rate.of(got, window),
                                    received(fleet)
                                        .map(rate -> ", and %s came in from all".formatted(rate))
                                        .orElse("")))))
        .orElse("");
  }

  private static Optional<Duration> window(Remote remote) {
    return remote
        .start()
        .collected()
        .flatMap(
            start -> remote.end().collected().map(end -> Duration.between(start.at(), end.at())))
        .filter(Duration::isPositive);
  }

  private static Optional<Long> made(Remote remote) {
    return remote
        .start()
        .collected()
        .flatMap(start -> remote.end().collected().map(end -> end.newest() - start.newest()))
        .filter(count -> count >= 0);
  }

  private static Optional<Long> got(Remote remote) {
    return remote
        .start()
        .collected()
        .flatMap(Poll::ours)
        .flatMap(before ->
            remote.end().collected().flatMap(Poll::ours).map(after -> after.upTo() - before.upTo()))
        .filter(count -> count >= 0);
  }

  /// What all instances together sent us.
  private static Optional<Rate> received(Fleet fleet) {
    return fleet.hosts().stream()
        .flatMap(host -> host.lemmyDatabase().change().collected().stream())
        .flatMap(change ->
            sum(change.before())
                .flatMap(before -> sum(change.after()).map(after -> after - before))
                .filter(count -> count >= 0)
                .map(count -> Rate.of(count, change.window()))
                .stream())
        .findFirst();
  }

  private static Optional<Long> sum(List<LemmyDatabase> databases) {
    return databases.stream()
        .map(LemmyDatabase::received)
        .flatMap(Optional::stream)
        .reduce(Long::sum);
  }

  /// The host that receives: that of a backend, else of a database; else the first of all.
  private static Subject subject(Fleet fleet, Remote remote) {
    return fleet.hosts().stream()
        .filter(host -> host.lemmy().collected().filter(nodes -> !nodes.isEmpty()).isPresent())
        .findFirst()
        .or(() ->
            fleet.hosts().stream()
                .filter(host -> host.lemmyDatabase().latest().collected().isPresent())
                .findFirst())
        .or(() -> fleet.hosts().stream().findFirst())
        .map(HostEvidence::name)
        .<Subject>map(host -> new Subject.OfHost(host, Optional.of("from " + remote.name())))
        .orElseGet(Subject.OfFleet::new);
  }
}
