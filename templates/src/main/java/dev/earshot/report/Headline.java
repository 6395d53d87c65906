package dev.earshot.report;

import dev.earshot.check.Severity;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Rate;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.ShardRow;
import dev.earshot.report.BudgetRow.PartRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what came out in the words that one would use on the phone: what makes requests slow where
/// that is known, else the worst that failed.
///
/// @param findings sorted, the worst first
/// @param slow more than this is slow for a request
record Headline(
    List<HostRow> hosts, List<BudgetRow> budgets, List<FindingRow> findings, Duration slow) {

  /// From this share of a request on, the network is what makes it slow.
  private static final double MOST = 0.5;

  /// More missing parts than these are counted, not named.
  private static final int MOST_PARTS = 3;

  /// What a path's being slow brings with it, so that its cause tells of them, too.
  private static final Set<String> ABOUT_WAITING =
      Set.of("colocation.app-database", "latency.serial-ceiling", "lemmy.request-time");

  /// What came out.
  String told() {
    Optional<FindingRow> worst = findings.stream().filter(FindingRow::failed).findFirst();
    Optional<String> cause = cause();
    if (cause.isPresent()) {
      return silent(worst) + cause.get() + besides(worst);
    }
    return worst
        .map(failed ->
            silent(worst)
                + keepingUp()
                + budgets.stream()
                    .filter(budget -> explains(budget, failed))
                    .flatMap(budget -> inTheWire(budget).stream())
                    .findFirst()
                    .orElseGet(() -> told(failed)))
        .orElseGet(() -> keepingUp() + nothingFailed());
  }

  /// What the admin asked for with an arrival rate, of the path that gives a sender least; nothing
  /// where that was not shown of each.
  private String keepingUp() {
    return budgets.stream().allMatch(Headline::isFastEnough)
        ? budgets.stream()
            .max(Comparator.comparingDouble(budget -> budget.requestMs().orElse(0)))
            .map(budget ->
                "%s is fast enough: a request takes %s, so a sender gets %s where %s arrive. "
                    .formatted(
                        budget.label(),
                        millis(budget.requestMs().orElse(0)),
                        capacity(budget),
                        new Rate(budget.arrivalPerSecond().orElse(0))))
            .orElse("")
        : "";
  }

  /// That several requests at once take as long as one is only shown at the rate that came.
  private static boolean isFastEnough(BudgetRow budget) {
    double arrives = budget.arrivalPerSecond().orElse(Double.POSITIVE_INFINITY);
    return budget.requestMs().isPresent()
        && budget.exact()
        && budget.fallingBehindPerSecond().isEmpty()
        && (arrives <= budget.serialCeilingPerSecond().orElse(0)
            || arrives <= budget.requestsPerSecond().orElse(0));
  }

  private static Rate capacity(BudgetRow budget) {
    return new Rate(budget.serialCeilingPerSecond().orElse(0) * budget.sendsAtOnce().orElse(1));
  }

  /// What makes the slowest of the slow paths slow, where that is known.
  private Optional<String> cause() {
    return budgets.stream()
        .filter(this::isSlow)
        .filter(budget -> !isAnsweredFor(budget))
        .sorted(Comparator.comparingDouble(budget -> -budget.requestMs().orElse(0)))
        .flatMap(budget -> cause(budget).stream())
        .findFirst();
  }

  private boolean isSlow(BudgetRow budget) {
    return budget.requestMs().orElse(0) > Millis.of(slow)
        || budget.fallingBehindPerSecond().isPresent();
  }

  /// Whether somebody answers for a path's being slow.
  private boolean isAnsweredFor(BudgetRow budget) {
    return findings.stream()
        .anyMatch(finding -> finding.verdict().equals("waived") && explains(budget, finding));
  }

  private static Optional<String> cause(BudgetRow budget) {
    return budget.suspects().stream()
        .filter(suspect -> suspect.judgement().equals("cause"))
        .findFirst()
        .map(suspect ->
            Optional.of(suspect)
                .filter(one -> one.id().equals("distance"))
                .flatMap(_ -> inTheWire(budget))
                .orElseGet(() ->
                    "%s: a request takes %s, and the cause is %s: %s.%s"
                        .formatted(
                            budget.label(),
                            (budget.exact() ? "" : "at least ")
                                + millis(budget.requestMs().orElse(0)),
                            suspect.title(),
                            suspect.because(),
                            behind(budget))));
  }

  /// What else is critical.
  private String besides(Optional<FindingRow> worst) {
    return worst
        .filter(failed -> ExitCode.severity(failed.severity()).isAtLeast(Severity.CRITICAL))
        .filter(failed -> !ABOUT_WAITING.contains(failed.check()))
        .map(failed -> " Besides, " + told(failed))
        .orElse("");
  }

  /// What failed elsewhere must not hide who could not be asked. Where nothing severe failed, the
  /// audit is called incomplete, so that answers in part are told, too.
  private String silent(Optional<FindingRow> worst) {
    boolean severe =
        worst
            .filter(failed -> ExitCode.severity(failed.severity()).isAtLeast(Severity.HIGH))
            .isPresent();
    String told = String.join(" and ", severe ? notAsked(hosts) : gaps(hosts));
    return told.isEmpty() ? "" : Character.toUpperCase(told.charAt(0)) + told.substring(1) + ". ";
  }

  /// A check of the admin's own says which expression does not hold; what that means stands in its
  /// title.
  private static String told(FindingRow worst) {
    return worst.check().startsWith(CustomQuestion.PREFIX)
        ? "%s: '%s' does not hold."
            .formatted(worst.subject().label(), worst.title().replaceFirst("\\.$", ""))
        : firstClause(worst.because()) + ".";
  }

  private static boolean explains(BudgetRow budget, FindingRow worst) {
    List<String> hosts = worst.subject().hosts();
    return ABOUT_WAITING.contains(worst.check()) && budget.path().containsAll(hosts);
  }

  private static Optional<String> inTheWire(BudgetRow budget) {
    return budget.parts().stream()
        .filter(part -> part.id().equals("database-network") && part.ratio() >= MOST)
        .findFirst()
        .map(part -> inTheWire(budget, part) + behind(budget));
  }

  private static String inTheWire(BudgetRow budget, PartRow part) {
    return String.format(
        Locale.ROOT,
        "%s is %s away from %s and asks it %.1f times a request: %s of %s %s (%.0f %%) are spent in the wire.",
        budget.path().get(budget.path().size() - 2),
        millis(budget.rttMs().orElse(0)),
        budget.path().getLast(),
        budget.roundTripsPerRequest().orElse(0),
        millis(part.ms()),
        budget.exact() ? "a request's" : "what is known of a request,",
        millis(budget.requestMs().orElse(0)),
        part.ratio() * 100);
  }

  private static String behind(BudgetRow budget) {
    int sends = budget.sendsAtOnce().orElse(1);
    return budget.fallingBehindPerSecond().isPresent()
        ? " A sender that %s gets %s while %s arrive, so its queue grows for ever."
            .formatted(
                sends == 1
                    ? "waits for each answer"
                    : "has %d requests under way at once".formatted(sends),
                capacity(budget),
                new Rate(budget.arrivalPerSecond().orElse(0)))
        : "";
  }

  private String nothingFailed() {
    long unreachable = hosts.stream().filter(HostRow::unreachable).count();
    List<String> gaps = gaps(hosts);
    if (hosts.isEmpty()) {
      return "No host was audited: the inventory, or --limit, selects none.";
    } else if (unreachable == hosts.size()
        && hosts.stream().allMatch(host -> host.leftTo().isEmpty())) {
      return "None of %s could be reached, so nothing is known."
          .formatted(count(hosts.size(), "host", "hosts"));
    } else if (!gaps.isEmpty()) {
      return "Nothing that could be looked at failed, but the audit is incomplete: %s."
          .formatted(String.join(" and ", gaps));
    }
    long open = findings.stream().filter(finding -> finding.verdict().equals("unknown")).count();
    return "Nothing failed on %s%s."
        .formatted(
            count(hosts.size(), "host", "hosts"),
            open == 0
                ? ""
                : ", but %s open".formatted(count(open, "question is", "questions are")));
  }

  /// Whose answers are not whole, and why: three clauses at most.
  private static List<String> gaps(List<HostRow> hosts) {
    List<String> gaps = new ArrayList<>(notAsked(hosts));
    long partial = hosts.stream().filter(host -> host.state().equals("partial")).count();
    if (partial > 0) {
      gaps.add("%d of %d hosts answered only in part".formatted(partial, hosts.size()));
    }
    return gaps;
  }

  /// Why hosts have no answers, and how many: a part of the audit that nobody gave, or nobody got
  /// through to them.
  private static List<String> notAsked(List<HostRow> hosts) {
    List<String> told = new ArrayList<>();
    List<ShardRow> missing = hosts.stream().flatMap(host -> host.leftTo().stream()).toList();
    if (!missing.isEmpty()) {
      told.add(
          "%s missing, so %d of %d hosts %s not asked"
              .formatted(
                  parts(missing),
                  missing.size(),
                  hosts.size(),
                  missing.size() == 1 ? "was" : "were"));
    }
    long unreachable = hosts.stream().filter(HostRow::unreachable).count() - missing.size();
    if (unreachable > 0) {
      told.add("%d of %d hosts could not be reached".formatted(unreachable, hosts.size()));
    }
    return told;
  }

  /// `part 2 of 5 is`, `parts 2 and 3 of 5 are`, `99 of 100 parts are`
  private static String parts(List<ShardRow> missing) {
    int of = missing.getFirst().count();
    List<Integer> numbers = missing.stream().map(ShardRow::number).distinct().sorted().toList();
    if (numbers.size() == 1) {
      return "part %d of %d is".formatted(numbers.getFirst(), of);
    } else if (numbers.size() > MOST_PARTS) {
      return "%d of %d parts are".formatted(numbers.size(), of);
    }
    String before =
        numbers.subList(0, numbers.size() - 1).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "parts %s and %d of %d are".formatted(before, numbers.getLast(), of);
  }

  private static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private static String millis(double value) {
    return Millis.format(Millis.duration(value));
  }

  /// Up to the first semicolon outside parentheses.
  private static String firstClause(String because) {
    int depth = 0;
    for (int at = 0; at < because.length(); at++) {
      char c = because.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ';' && depth <= 0) {
        return because.substring(0, at);
      }
    }
    return because;
  }
}
