package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HostName;
import dev.earshot.topology.Role;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A host that does other work already shares its fate with what moves in.
final class OtherWorkCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.other-work",
        "The new host does no work of another role",
        Severity.MEDIUM,
        "Two kinds of work on one host slow each other down and fail together.",
        new Card(
            List.of("network.sockets", "network.listeners", "haproxy.stats", "postgres.settings"),
            List.of(),
            "ss -tnp   # on the new host",
            "Choose a host of its own, or plan for both."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostName target = situation.move().to();
    Set<Role> other = new TreeSet<>(situation.fleet().topology().roles(target));
    other.removeAll(situation.fleet().topology().roles(situation.move().from()));
    Subject subject = Subject.host(target);
    if (other.isEmpty()) {
      return List.of(
          Finding.of(info(), subject, new Verdict.Pass("%s has no other role".formatted(target))));
    }
    String roles = String.join(" and ", other.stream().map(Role::label).toList());
    return List.of(
        Finding.of(
                info(),
                subject,
                new Verdict.Fail(Severity.MEDIUM, "%s is a %s already".formatted(target, roles)))
            .with(
                new Remedy(
                    "Choose a host of its own for the work of %s, or see that %s has room for both."
                        .formatted(situation.move().from(), target),
                    "",
                    List.of())));
  }
}
