package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Shard;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.ShardRow;
import dev.earshot.report.BudgetRow.SuspectRow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadlineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "postmortem; backend1 is 25.3 ms away from db1 and asks it 20.0 times a request: 506 ms of a request's 553 ms (91 %) are spent in the wire. A sender that waits for each answer gets 1.8/s while 3.0/s arrive, so its queue grows for ever.",
        "thirty-hosts; node19 → node01: 6.2 ms a round trip (ICMP median 6.2 ms of 10, kernel minimum 6.2 ms on 1 socket).",
        "all-good; 'lb1 → backend2 → db1 is fast enough: a request takes 12.0 ms, so a sender gets 83.3/s where 3.0/s arrive. Nothing failed on 5 hosts.'",
        "no-traffic; 'Nothing failed on 5 hosts, but 2 questions are open.'",
        "half-blind; 'Nothing that could be looked at failed, but the audit is incomplete: 1 of 4 hosts could not be reached and 2 of 4 hosts answered only in part.'",
        "nothing-reachable; 'None of 3 hosts could be reached, so nothing is known.'",
        "empty-fleet; 'No host was audited: the inventory, or --limit, selects none.'"
      })
  void theResultFitsInASentence(String name, String headline) {
    assertThat(ReportCases.report(name).headline().replace("; kernel", ", kernel"))
        .isEqualTo(headline);
  }

  @Test
  void aMissingPartIsNoTroubleOfItsHosts() {
    List<HostRow> hosts =
        List.of(
            host("a", Optional.empty()),
            leftTo(new Shard(2, 3), "b"),
            host("c", Optional.of("refused")),
            leftTo(new Shard(2, 3), "d"));

    assertThat(headline(hosts, List.of(), List.of()))
        .isEqualTo(
            "Nothing that could be looked at failed, but the audit is incomplete: part 2 of 3 is missing, so 2 of 4 hosts were not asked and 1 of 4 hosts could not be reached.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3; 4; 2; part 2 of 3 is missing, so 1 of 4 hosts was not asked.",
        "3; 4; 1,2; parts 1 and 2 of 3 are missing, so 3 of 4 hosts were not asked.",
        "12; 24; 10,2,9; parts 2, 9 and 10 of 12 are missing, so 6 of 24 hosts were not asked.",
        "12; 24; 10,2,9,1; 4 of 12 parts are missing, so 8 of 24 hosts were not asked.",
      })
  void howeverManyPartsAreMissingThatIsOneClause(
      int parts, int hosts, String missing, String told) {
    List<Integer> numbers = Arrays.stream(missing.split(",")).map(Integer::valueOf).toList();
    List<HostRow> rows =
        IntStream.range(0, hosts)
            .mapToObj(at -> new Shard(at % parts + 1, parts))
            .map(part ->
                numbers.contains(part.number())
                    ? leftTo(part, "host")
                    : host("host", Optional.empty()))
            .toList();

    assertThat(headline(rows, List.of(), List.of()))
        .isEqualTo("Nothing that could be looked at failed, but the audit is incomplete: " + told);
  }

  /// Its first word is then that it is incomplete.
  @ParameterizedTest
  @CsvSource({
    "high, ''",
    "medium, '1 of 1 hosts answered only in part. '",
    "low, '1 of 1 hosts answered only in part. '",
    "info, '1 of 1 hosts answered only in part. '"
  })
  void whereNothingSevereFailedAnswersInPartAreTold(String severity, String told) {
    HostRow partial =
        new HostRow(
            "db1",
            "db1",
            "partial",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    assertThat(headline(List.of(partial), List.of(), List.of(failed(severity))))
        .isEqualTo(told + "db1: 'The kernel rarely swaps' does not hold.");
  }

  /// Slow is more than 100 ms, or too slow for what arrives.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "170; ; cause; low; 'a → b: a request takes 170 ms, and the cause is slow queries: 150 ms of 170 ms.'",
        "170; ; cause; ; 'a → b: a request takes 170 ms, and the cause is slow queries: 150 ms of 170 ms.'",
        "90; ; cause; low; db1: 'The kernel rarely swaps' does not hold.",
        "90; 2; cause; low; 'a → b: a request takes 90.0 ms, and the cause is slow queries: 150 ms of 170 ms. A sender that waits for each answer gets 11.1/s while 13.1/s arrive, so its queue grows for ever.'",
        "170; ; part; low; db1: 'The kernel rarely swaps' does not hold.",
        "170; ; cause; critical; 'a → b: a request takes 170 ms, and the cause is slow queries: 150 ms of 170 ms. Besides, db1: ''The kernel rarely swaps'' does not hold.'",
      })
  void whatMakesRequestsSlowComesFirst(
      double requestMs,
      @Nullable Double behind,
      String judgement,
      @Nullable String failure,
      String headline) {
    BudgetRow budget = budget(requestMs, behind, judgement);

    assertThat(
            headline(
                List.of(),
                List.of(budget(120, null, "part"), budget),
                Optional.ofNullable(failure).map(HeadlineTest::failed).stream().toList()))
        .isEqualTo(headline);
  }

  private static BudgetRow budget(double requestMs, @Nullable Double behind, String judgement) {
    OptionalDouble none = OptionalDouble.empty();
    double ceiling = Math.round(10_000 / requestMs) / 10.0;
    return new BudgetRow(
        List.of("a", "b"),
        Optional.empty(),
        none,
        Optional.empty(),
        none,
        none,
        Optional.empty(),
        none,
        none,
        none,
        none,
        none,
        none,
        OptionalDouble.of(requestMs),
        OptionalDouble.of(requestMs),
        Optional.of("the load balancer"),
        none,
        OptionalDouble.of(ceiling),
        behind == null ? none : OptionalDouble.of(ceiling + behind),
        OptionalInt.empty(),
        behind == null ? none : OptionalDouble.of(behind),
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new SuspectRow(
                "queries", "slow queries", judgement, "150 ms of 170 ms", Optional.empty())));
  }

  private static String headline(
      List<HostRow> hosts, List<BudgetRow> budgets, List<FindingRow> findings) {
    return new Headline(hosts, budgets, findings, Duration.ofMillis(100)).told();
  }

  private static HostRow host(String name, Optional<String> reason) {
    return host(name, reason, Optional.empty());
  }

  private static HostRow leftTo(Shard part, String name) {
    return host(
        name, Optional.of(part.missing()), Optional.of(new ShardRow(part.number(), part.count())));
  }

  private static HostRow host(String name, Optional<String> reason, Optional<ShardRow> leftTo) {
    return new HostRow(
        name,
        name,
        reason.isPresent() ? "unreachable" : "audited",
        reason,
        leftTo,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /// Its because says which expression does not hold, of what the host answered.
  @Test
  void aCheckOfTheAdminsOwnIsToldByItsTitle() {
    assertThat(headline(List.of(), List.of(), List.of(failed("low"))))
        .isEqualTo("db1: 'The kernel rarely swaps' does not hold.");
  }

  private static FindingRow failed(String severity) {
    return new FindingRow(
        "custom.swappiness",
        severity,
        "fail",
        new HostSubject("db1", "db1", Optional.empty()),
        "The kernel rarely swaps.",
        "db1: result.stdout | int <= 10 does not hold: 60",
        "",
        "custom.swappiness/db1",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
