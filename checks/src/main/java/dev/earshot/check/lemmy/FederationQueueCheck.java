package dev.earshot.check.lemmy;

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
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.evidence.LemmyDatabase.Peer;
import dev.earshot.evidence.Rate;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Lemmy sends to each instance one activity after the other; an instance that takes longer over
/// one than the next needs to appear falls behind, and stays behind.
///
/// Limits: ten minutes, as the page that admins watch federation with (phiresky's) takes for
/// lagging; a day is what users complain of; after seven days Lemmy drops activities, sent or not.
public final class FederationQueueCheck implements Check {

  private static final String ID = "lemmy.federation-queue";

  private static final Lateness LATENESS = Lateness.of(ID);

  private static final int NAMED = 5;

  private static final double BACK_OFF = 1.25;
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();
  private static final long NOTICEABLE_SECONDS = Duration.ofMinutes(1).toSeconds();

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Every live instance has got its activities within ten minutes",
        Severity.CRITICAL,
        """
        Posts and votes reach an instance that is behind late, and after a week not at all. One \
        instance that lags by itself is slow to accept; all of them lagging is our own sending.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("lemmy.database", "lemmy.nodeinfo"),
        LATENESS.thresholds(),
        """
        # on the database's host: the instances that are furthest behind
        sudo -u postgres psql -X -d lemmy -c 'select domain, last_successful_id, fail_count from federation_queue_state join instance on id = instance_id order by 2 nulls first limit 20'
        # the newest activity, to compare last_successful_id with
        sudo -u postgres psql -X -d lemmy -c 'select max(id) from sent_activity'\
        """,
        "One instance that lags by itself is slow: federation.concurrent_sends_per_instance (Lemmy 0.19.6 and later) sends several activities to it at once. Where all lag, look at our own requests and at whether a process that sends runs at all.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Thresholds limits = fleet.policy().thresholds();
    return LemmyFleet.judgeDatabases(
        info(), fleet, (host, database) -> judge(limits, host, database));
  }

  private Finding judge(Thresholds limits, HostEvidence host, LemmyDatabase database) {
    Duration lagging = limits.of(LATENESS.lagging());
    Subject subject = LemmyFleet.subject(host, database);
    Optional<Progress> progress = Progress.of(host, database);
    int alive = database.peers() - database.dead();
    if (database.peers() > 1 && alive <= 0) {
      return fail(
          host,
          database,
          Severity.HIGH,
          "%s: all of %d instances count as dead (not seen for 3 days), so nothing is sent; was the host without a network, or are scheduled tasks off?"
              .formatted(host.name(), database.peers()));
    }
    List<Peer> late =
        database.behind().stream()
            .filter(peer -> age(peer).compareTo(lagging) > 0)
            .sorted(Comparator.comparing(FederationQueueCheck::age).reversed())
            .toList();
    String rates = progress.map(Progress::words).orElse("");
    Measurement behind =
        Measurement.limited(
            "oldestUnsentMinutes",
            late.isEmpty() ? 0 : age(late.getFirst()).toMinutes(),
            lagging.toMillis() / 60_000.0,
            "federation_queue_state");
    if (late.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass(
              "%s: %d live instances, none later than %s%s"
                  .formatted(host.name(), alive, Limit.Time.told(lagging), rates)),
          behind);
    }
    String named =
        String.join("; ", late.stream().limit(NAMED).map(peer -> words(peer, progress)).toList());
    Finding finding =
        fail(
            host,
            database,
            severity(limits, late, progress),
            "%s: %s%d of %d live instances are more than %s behind: %s%s"
                .formatted(
                    host.name(),
                    late.size() == database.behind().size() && late.size() >= 20 ? "at least " : "",
                    late.size(),
                    alive,
                    Limit.Time.told(lagging),
                    named + (late.size() > NAMED ? "; …" : ""),
                    rates));
    return new Finding(
        finding.check(), finding.subject(), finding.verdict(), List.of(behind), finding.remedy());
  }

  /// What is pruned already was older than anything that is there.
  private static Duration age(Peer peer) {
    return peer.oldest().orElse(Duration.ZERO);
  }

  private static Severity severity(
      Thresholds limits, List<Peer> late, Optional<Progress> progress) {
    boolean diverging =
        late.stream()
            .anyMatch(peer ->
                progress.flatMap(known -> known.gain(peer)).filter(gain -> gain < 0).isPresent());
    return LATENESS.severity(limits, age(late.getFirst()), diverging);
  }

  private static String words(Peer peer, Optional<Progress> progress) {
    return "%s %d activities, %s%s%s"
        .formatted(
            peer.domain(),
            peer.behind(),
            Lateness.told(age(peer)),
            peer.failures() > 0
                ? ", failed %d times in a row%s".formatted(peer.failures(), pause(peer))
                : "",
            progress.map(known -> known.outlook(peer)).orElse(""));
  }

  /// An instance that works again is not sent to before its pause is over: `1.25^(failures - 1)`
  /// seconds and at most a day (Lemmy's `federate` crate). Nothing of pauses that nobody notices.
  private static String pause(Peer peer) {
    double seconds = Math.min(Math.pow(BACK_OFF, peer.failures() - 1.0), MOST_SECONDS);
    return seconds < NOTICEABLE_SECONDS
        ? ""
        : " and is tried again %s after the last time"
            .formatted(Lateness.told(Duration.ofSeconds((long) seconds)));
  }

  private Finding fail(
      HostEvidence host, LemmyDatabase database, Severity severity, String because) {
    return Finding.of(
            info(), LemmyFleet.subject(host, database), new Verdict.Fail(severity, because))
        .with(
            new Remedy(
                "Ask whether others are behind at the same instances too. If so, they are slow; send several activities at once to them with federation.concurrent_sends_per_instance (Lemmy 0.19.6 and later). If not, look at our own path to them, and whether a process with --disable-activity-sending is the only one.",
                "",
                List.of(
                    "%s -d %s -c 'select domain, last_successful_id, fail_count from federation_queue_state join instance on id = instance_id order by 2 nulls first limit 20'   # on %s"
                        .formatted(
                            database.server().psql(),
                            LemmyFleet.word(database),
                            Quoted.comment(host.name().value())))));
  }

  /// What the window saw, and whether it was long enough to tell who gains.
  private record Progress(Change<LemmyDatabase> change) {

    static Optional<Progress> of(HostEvidence host, LemmyDatabase database) {
      return host.lemmyDatabase()
          .change()
          .collected()
          .flatMap(change ->
              change.before().stream()
                  .filter(before -> before.port() == database.port())
                  .filter(before -> before.database().equals(database.database()))
                  .findFirst()
                  .map(before -> new Progress(new Change<>(change.window(), before, database))));
    }

    String words() {
      Optional<Long> came =
          change
              .after()
              .received()
              .flatMap(after -> change.before().received().map(before -> after - before))
              .filter(count -> count >= 0);
      return "; over the window %s to send%s"
          .formatted(
              made(),
              came.map(count -> ", " + Rate.of(count, change.window()) + " came in").orElse(""));
    }

    private Rate made() {
      return Rate.of(Math.max(0, change.after().sent() - change.before().sent()), change.window());
    }

    /// Activities a second that an instance catches up by; below zero where it falls further
    /// behind.
    Optional<Double> gain(Peer peer) {
      return change.window().compareTo(Lateness.TELLING) < 0
          ? Optional.empty()
          : change.before().behind().stream()
              .filter(before -> before.domain().equals(peer.domain()))
              .findFirst()
              .map(before -> Rate.of(before.behind() - peer.behind(), change.window()).perSecond());
    }

    String outlook(Peer peer) {
      if (change.window().compareTo(Lateness.TELLING) < 0) {
        return ", whether it catches up takes --window %d or more to tell"
            .formatted(Lateness.TELLING.toSeconds());
      }
      return gain(peer)
          .map(gain ->
              gain > 0
                  ? ", catching up in "
                      + Lateness.told(Duration.ofSeconds((long) (peer.behind() / gain)))
                  : gain < 0 ? ", diverging by %s".formatted(new Rate(-gain)) : ", standing still")
          .orElse("");
    }
  }
}
