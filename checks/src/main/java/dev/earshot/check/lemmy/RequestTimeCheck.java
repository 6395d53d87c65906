package dev.earshot.check.lemmy;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.budget.RequestCost;
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
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import java.time.Duration;
import java.util.List;

/// Other instances send their activities one after the other, so that the time of one decides how
/// many a second come through.
///
/// Limit: Lemmy's documentation wants an activity taken in within 100 ms.
public final class RequestTimeCheck implements Check {

  private static final String ID = "lemmy.request-time";

  /// Of a request's mean.
  public static final Limit.Time SLOW = new Limit.Time(ID, "slow", Duration.ofMillis(100));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Lemmy takes a request in within a tenth of a second",
        Severity.LOW,
        """
        Each instance sends its activities one after the other. At 100 ms each, ten a second come \
        through from the busiest one, and what it has to send comes in bursts.\
        """,
        new Card(
            List.of(
                "lemmy.nodeinfo",
                "haproxy.stats",
                "machine.cpu",
                "network.addresses",
                "network.listeners",
                "network.pings",
                "network.sockets",
                "containers.sockets",
                "nginx.timings",
                "postgres.activity",
                "postgres.settings"),
            List.of(
                new Card.Threshold(
                    "a request takes more than %s: low".formatted(SLOW.told()),
                    "Lemmy's documentation on performance: an activity within 100 ms; low, as this is the mean of all requests, and that of a POST runs while its body arrives",
                    SLOW)),
            """
            # on the load balancer: average response times (rtime, in ms) and requests (stot) per server
            echo 'show stat' | sudo socat - /run/haproxy/admin.sock | cut -d, -f1,2,8,61\
            """,
            "See in the path's budget where the time goes, and begin with the what-if that saves most: usually the distance of backend and database, then slow queries."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return LemmyFleet.judgeBackends(info(), fleet, (host, _) -> judge(fleet, host));
  }

  private List<Finding> judge(Fleet fleet, HostEvidence host) {
    List<Finding> findings =
        fleet.budgets().stream()
            .filter(budget -> budget.path().backend().equals(host.name()))
            .map(budget -> judge(fleet, budget))
            .toList();
    return findings.isEmpty()
        ? List.of(Finding.of(info(), Subject.host(host.name()), withoutPath(host)))
        : findings;
  }

  private static Verdict withoutPath(HostEvidence host) {
    return host.untoldConnections()
        .<Verdict>map(reason ->
            new Verdict.Unknown(
                "%s: which paths lead through it is not known: %s".formatted(host.name(), reason)))
        .orElseGet(() ->
            new Verdict.NotApplicable(
                "%s: it holds no connection to a database".formatted(host.name())));
  }

  private Finding judge(Fleet fleet, LatencyBudget budget) {
    Subject subject = new Subject.OfPath(budget.path().hosts());
    return switch (budget.cost()) {
      case Evidence.Uncollected<RequestCost>(String reason) ->
          Finding.of(info(), subject, new Verdict.Unknown(reason));
      case Evidence.Absent<RequestCost>() ->
          Finding.of(info(), subject, new Verdict.NotApplicable("no requests take this path"));
      case Evidence.Collected<RequestCost>(RequestCost cost) ->
          judge(fleet.policy().thresholds().of(SLOW), subject, budget, cost);
    };
  }

  private Finding judge(Duration limit, Subject subject, LatencyBudget budget, RequestCost cost) {
    Duration time = cost.requestTime();
    String because =
        "%s: a request takes %s in the mean of all of them, limit %s for an activity"
            .formatted(budget.path(), cost.requestWords(), Millis.format(limit));
    Measurement measured =
        Measurement.limited("requestMs", Millis.of(time), Millis.of(limit), "the path's budget");
    return time.compareTo(limit) <= 0
        ? Finding.of(
            info(),
            subject,
            cost.measured().isPresent()
                ? new Verdict.Pass(because)
                : new Verdict.Unknown(
                    because + "; what it takes beyond its known parts, nothing measured"),
            measured)
        : Finding.of(info(), subject, new Verdict.Fail(Severity.LOW, because), measured)
            .with(
                new Remedy(
                    advice(budget),
                    "",
                    List.of(
                        "earshot audit -i INVENTORY   # the budget shows where the time goes")));
  }

  private static String advice(LatencyBudget budget) {
    return budget.whatIfs().stream()
        .filter(whatIf -> whatIf.saves().isPositive())
        .findFirst()
        .map(whatIf ->
            "What saves most: %s; a request then takes %s."
                .formatted(whatIf.title(), whatIf.requestWords()))
        .orElse(
            "Nothing that was measured would shorten it: see what the backend itself does with the time.");
  }
}
