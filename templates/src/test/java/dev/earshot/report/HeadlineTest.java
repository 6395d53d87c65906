package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Shard;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.HostSubject;
import dev.earshot.report.AuditReport.ShardRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
        "all-good; Nothing failed on 5 hosts.",
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

    assertThat(Headline.of(hosts, List.of(), List.of()))
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

    assertThat(Headline.of(rows, List.of(), List.of()))
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
            Optional.empty());

    assertThat(Headline.of(List.of(partial), List.of(), List.of(failed(severity))))
        .isEqualTo(told + "db1: 'The kernel rarely swaps' does not hold.");
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
        Optional.empty());
  }

  /// Its because says which expression does not hold, of what the host answered.
  @Test
  void aCheckOfTheAdminsOwnIsToldByItsTitle() {
    assertThat(Headline.of(List.of(), List.of(), List.of(failed("low"))))
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
