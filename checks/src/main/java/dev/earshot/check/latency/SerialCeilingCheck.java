package dev.earshot.check.latency;

import dev.earshot.budget.LatencyBudget;
import dev.earshot.budget.RequestCost;
import dev.earshot.budget.WhatIf;
import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A sender that waits for each answer before it sends on gets no more than one request per request
/// time, however idle the machines are. Queues of federated services, job runners and crawlers send
/// like that.
public final class SerialCeilingCheck implements Check {

  /// Requests that come this near the ceiling may have been held back by it.
  private static final double AT_CEILING = 0.8;

  private static final String UNMEASURED =
      "; what a request takes beyond its known parts, nothing measured, so a serial sender may get less";

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "latency.serial-ceiling",
        "Each path serves a serial sender faster than requests arrive",
        Severity.CRITICAL,
        """
        Who sends one request at a time gets at most one answer per request time. If more arrive \
        than that, the queue grows for ever, while every machine idles.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "haproxy.stats",
            "machine.cpu",
            "machine.disks",
            "machine.processes",
            "network.addresses",
            "network.listeners",
            "network.pings",
            "network.tunnels",
            "network.sockets",
            "containers.sockets",
            "nginx.timings",
            "postgres.activity",
            "postgres.hba",
            "postgres.settings"),
        List.of(
            new Card.Threshold(
                "fewer requests a second, times --concurrent-sends, than --arrival-rate tells: critical",
                "a queue that gets more than it gives grows for ever"),
            new Card.Threshold(
                "requests at %s of the ceiling or more, and no --arrival-rate: not judged"
                    .formatted(Percent.ofRatio(AT_CEILING)),
                "our own choice: that near, the ceiling itself may hold the requests back")),
        """
        # from the sender: how long one request takes; 1 / that is what a serial sender gets a second
        curl -so /dev/null -w '%{time_total}\\n' https://SERVICE/
        # on the load balancer: average response times (rtime, in ms) and requests (stot) per server
        echo 'show stat' | sudo socat - /run/haproxy/admin.sock | cut -d, -f1,2,8,61\
        """,
        "Make one request faster, beginning with the what-if that saves most (usually the distance between backend and database), or let the sender work on several at a time and say so with --concurrent-sends. Larger machines change nothing while they idle.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    List<Finding> findings = new ArrayList<>(fleet.budgets().stream().map(this::judge).toList());
    Set<HostName> onPath =
        fleet.budgets().stream()
            .flatMap(budget -> budget.path().hosts().stream())
            .collect(Collectors.toSet());
    for (HostEvidence host : fleet.hosts()) {
      if (!onPath.contains(host.name())) {
        host.untoldConnections()
            .map(reason ->
                new Verdict.Unknown(
                    "%s: which paths lead through it is not known: %s"
                        .formatted(host.name(), reason)))
            .map(verdict -> Finding.of(info(), Subject.host(host.name()), verdict))
            .ifPresent(findings::add);
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                new Subject.OfFleet(),
                new Verdict.NotApplicable("no backend holds a connection to a database")))
        : findings;
  }

  private Finding judge(LatencyBudget budget) {
    Subject subject = new Subject.OfPath(budget.path().hosts());
    return switch (budget.cost()) {
      case Evidence.Uncollected<RequestCost>(String reason) ->
          Finding.of(info(), subject, new Verdict.Unknown(reason));
      case Evidence.Absent<RequestCost>() ->
          Finding.of(info(), subject, new Verdict.NotApplicable("no requests take this path"));
      case Evidence.Collected<RequestCost>(RequestCost cost) -> judge(subject, budget, cost);
    };
  }

  private Finding judge(Subject subject, LatencyBudget budget, RequestCost cost) {
    Rate ceiling = cost.serialCeiling();
    Measurement measured =
        Measurement.limited(
            "serialCeilingPerSecond",
            ceiling.perSecond(),
            budget.arrivals().map(Arrivals::inEach).orElse(cost.requests().rate()).perSecond(),
            cost.requests().by());
    String basis =
        "%s: a request takes %s, so a serial sender gets %s"
            .formatted(budget.path(), cost.requestWords(), cost.ceilingWords());
    if (budget.arrivals().isPresent()) {
      return withArrivals(subject, budget, cost, measured, basis, budget.arrivals().get());
    }
    if (cost.measured().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown("%s; %s came%s".formatted(basis, cost.requests().rate(), UNMEASURED)),
          measured);
    }
    double load = cost.requests().rate().perSecond() / ceiling.perSecond();
    return Finding.of(
        info(),
        subject,
        load < AT_CEILING
            ? new Verdict.Pass(basis + "; %s came".formatted(cost.requests().rate()))
            : new Verdict.Unknown(
                basis
                    + "; %s came, so a serial sender may be held back: say with --arrival-rate how many it has to send"
                        .formatted(cost.requests().rate())),
        measured);
  }

  private Finding withArrivals(
      Subject subject,
      LatencyBudget budget,
      RequestCost cost,
      Measurement measured,
      String basis,
      Arrivals arrivals) {
    double behind = arrivals.behind(cost.serialCeiling());
    String comparison = "%s%s; %s arrive".formatted(basis, atOnce(cost, arrivals), arrivals.rate());
    if (behind <= 0 && cost.measured().isEmpty()) {
      return Finding.of(info(), subject, new Verdict.Unknown(comparison + UNMEASURED), measured);
    } else if (behind <= 0) {
      return Finding.of(
          info(),
          subject,
          isShown(cost, arrivals)
              ? new Verdict.Pass(comparison)
              : new Verdict.Unknown(
                  comparison
                      + ": enough if requests are as fast together as one by one, which fewer than that came to show"),
          measured);
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.CRITICAL,
                comparison
                    + ": falling behind by about %s per second, never catches up"
                        .formatted(oneDecimal(behind))),
            measured)
        .with(remedy(budget, arrivals));
  }

  /// That several requests at once take as long as one holds until pools and processors are full:
  /// it is seen at the rate that came.
  private static boolean isShown(RequestCost cost, Arrivals arrivals) {
    return arrivals.rate().compareTo(cost.serialCeiling()) <= 0
        || arrivals.rate().compareTo(cost.requests().rate()) <= 0;
  }

  private static String atOnce(RequestCost cost, Arrivals arrivals) {
    return arrivals.atOnce() == 1
        ? ""
        : " and one with %d requests under way %s at most"
            .formatted(arrivals.atOnce(), arrivals.capacity(cost.serialCeiling()));
  }

  private static Remedy remedy(LatencyBudget budget, Arrivals arrivals) {
    Optional<WhatIf> best =
        budget.whatIfs().stream().filter(whatIf -> whatIf.saves().isPositive()).findFirst();
    return new Remedy(
        best.map(whatIf ->
                "%s: a request then takes %s, %s gets %s, %s."
                    .formatted(
                        capitalised(whatIf.title()),
                        whatIf.requestWords(),
                        arrivals.atOnce() == 1 ? "a serial sender" : "the sender",
                        arrivals.capacity(whatIf.ceiling()),
                        catchUp(whatIf, arrivals)))
            .orElse("Shorten the request."),
        "",
        List.of(
            "earshot audit -i INVENTORY --arrival-rate %s   # the budget shows where the time goes"
                .formatted(oneDecimal(arrivals.rate().perSecond()))));
  }

  /// `catch-up time = backlog / (ceiling − arrival rate)`
  private static String catchUp(WhatIf whatIf, Arrivals arrivals) {
    double spare = -arrivals.behind(whatIf.ceiling());
    if (spare > 0 && !whatIf.exact()) {
      return "at most";
    }
    return spare <= 0
        ? "which is still too little"
        : "and a backlog of one hour's arrivals is gone after %s min"
            .formatted(oneDecimal(arrivals.rate().perSecond() * 3600 / spare / 60));
  }

  private static String oneDecimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
