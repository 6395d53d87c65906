package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Shard;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.AuditReport.HostSubject;
import java.util.List;
import java.util.Optional;
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
            host("b", Optional.of(new Shard(2, 3).missing())),
            host("c", Optional.of("refused")),
            host("d", Optional.of(new Shard(2, 3).missing())));

    assertThat(Headline.of(hosts, List.of(), List.of()))
        .isEqualTo(
            "Nothing that could be looked at failed, but the audit is incomplete: part 2 of 3 is missing, so 2 of 4 hosts were not asked and 1 of 4 hosts could not be reached.");
  }

  private static HostRow host(String name, Optional<String> reason) {
    return new HostRow(
        name,
        name,
        reason.isPresent() ? "unreachable" : "audited",
        reason,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /// Its because says which expression does not hold, of what the host answered.
  @Test
  void aCheckOfTheAdminsOwnIsToldByItsTitle() {
    FindingRow failed =
        new FindingRow(
            "custom.swappiness",
            "low",
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

    assertThat(Headline.of(List.of(), List.of(), List.of(failed)))
        .isEqualTo("db1: 'The kernel rarely swaps' does not hold.");
  }
}
