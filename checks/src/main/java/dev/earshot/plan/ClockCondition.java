package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.TimeDaemon;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.TimeSync;
import java.util.List;

/// Signed requests carry a time, and a peer refuses one that is too old.
final class ClockCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.clock",
        "Something keeps the new host's clock right",
        Severity.MEDIUM,
        "Peers refuse requests that were signed with a wrong time, and logs of both hosts can't be compared.",
        new Card(
            List.of("machine.time-sync"),
            List.of(),
            "timedatectl   # on the new host",
            "Run a time daemon: systemd-timesyncd, or chrony."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostEvidence target = situation.target();
    Subject subject = Subject.host(target.name());
    return List.of(
        switch (target.timeSync()) {
          case Evidence.Uncollected<TimeSync>(String reason) ->
              Finding.of(
                  info(), subject, new Verdict.Unknown("%s: %s".formatted(target.name(), reason)));
          case Evidence.Absent<TimeSync>() -> unlisted(target, subject);
          case Evidence.Collected<TimeSync>(TimeSync sync) when sync.hidden() && !sync.trusted() ->
              unlisted(target, subject);
          case Evidence.Collected<TimeSync>(TimeSync sync) ->
              sync.trusted()
                  ? Finding.of(
                      info(),
                      subject,
                      new Verdict.Pass(
                          "%s: %s keeps the clock right"
                              .formatted(target.name(), sync.daemon().orElse("a daemon"))))
                  : failed(target, subject);
        });
  }

  private Finding unlisted(HostEvidence target, Subject subject) {
    return Finding.of(
        info(),
        subject,
        new Verdict.Unknown("%s: its processes can't be listed".formatted(target.name())));
  }

  private Finding failed(HostEvidence target, Subject subject) {
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.MEDIUM,
                "%s: nothing that keeps the clock right was seen at work".formatted(target.name())))
        .with(TimeDaemon.remedy(target.name()));
  }
}
