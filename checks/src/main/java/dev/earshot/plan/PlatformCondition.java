package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.OperatingSystem;
import java.util.List;
import java.util.Optional;

/// Programs and images are built for one processor architecture, and playbooks are written for one
/// release: on Debian 12 some that worked on 11 end in errors.
final class PlatformCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.platform",
        "The new host runs the same operating system on the same architecture",
        Severity.HIGH,
        "Images and programs of another architecture do not start, and playbooks that work on one release fail on the next: Debian 12, say, refuses packages from pip (PEP 668).",
        new Card(
            List.of("machine.os"),
            List.of(
                new Card.Threshold(
                    "another architecture: high; another release: medium",
                    "a program of another architecture does not start; one for another release may")),
            "uname -m; cat /etc/os-release   # on both hosts",
            "Install the same release, or try the deployment on a spare host of the new one first."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostEvidence work = situation.work();
    HostEvidence target = situation.target();
    Optional<OperatingSystem> old = work.os().collected();
    Optional<OperatingSystem> now = target.os().collected();
    Subject subject = Subject.host(target.name());
    if (old.isEmpty() || now.isEmpty()) {
      return List.of(
          Finding.of(
              info(),
              subject,
              new Verdict.Unknown(
                  "what runs on %s and %s was not told by both"
                      .formatted(work.name(), target.name()))));
    }
    String because =
        "%s runs %s on %s; %s runs %s on %s"
            .formatted(
                work.name(),
                old.get().name(),
                old.get().architecture(),
                target.name(),
                now.get().name(),
                now.get().architecture());
    if (!old.get().architecture().equals(now.get().architecture())) {
      return List.of(
          Finding.of(info(), subject, new Verdict.Fail(Severity.HIGH, because))
              .with(
                  new Remedy(
                      "Choose a host of the same architecture, or see first that every program and image of the work exists for %s."
                          .formatted(now.get().architecture()),
                      "",
                      List.of("uname -m   # on both hosts"))));
    }
    return List.of(
        old.get().name().equals(now.get().name())
            ? Finding.of(info(), subject, new Verdict.Pass(because))
            : Finding.of(info(), subject, new Verdict.Fail(Severity.MEDIUM, because))
                .with(
                    new Remedy(
                        "Run the deployment's playbook against %s with --check, and on a spare host of that release, before the move."
                            .formatted(target.name()),
                        "",
                        List.of("cat /etc/os-release   # on both hosts"))));
  }
}
