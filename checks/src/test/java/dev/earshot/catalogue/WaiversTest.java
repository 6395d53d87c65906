package dev.earshot.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Origin;
import dev.earshot.check.Policy;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.check.Waiver;
import dev.earshot.evidence.HostName;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import dev.earshot.topology.DeclaredTopology;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaiversTest {

  private static final String APART = "colocation.app-database";

  /// The audit was on 1 February; a waiver's last day is one on which it holds.
  @ParameterizedTest
  @CsvSource({
    "2024-02-16, waived, pass, expires on 2024-02-16 in 15 days",
    "2024-02-15, waived, fail info, expires on 2024-02-15 in 14 days",
    "2024-02-02, waived, fail info, expires on 2024-02-02 in 1 day",
    "2024-02-01, waived, fail info, expires on 2024-02-01 today",
    "2024-01-31, fail critical, fail high, expired on 2024-01-31 1 day ago"
  })
  void aWaiverHoldsUntilItsLastDayIsOver(
      String expires, String failure, String waiver, String because) {
    List<Finding> findings = judge(waiver(Optional.empty(), Optional.empty(), expires));

    assertThat(Verdicts.of(of(findings, APART))).contains(failure + " backend1/db1");
    assertThat(of(findings, "earshot.waivers"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(Verdicts.of(List.of(finding))).containsExactly(waiver + " waiver of " + APART);
          assertThat(finding.verdict().because().replace(",", ""))
              .contains(because + "; ops answers");
          assertThat(finding.remedy().isPresent()).isEqualTo(finding.failed());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "backend1,, true",
    ", db1, true",
    "backend1, db1, true",
    "db1,, false",
    "backend1, backend1, false"
  })
  void itCoversPairsByTheirEnds(String from, String to, boolean covered) {
    List<Finding> findings =
        judge(waiver(Optional.ofNullable(from), Optional.ofNullable(to), "2024-03-01"));

    assertThat(of(findings, APART))
        .filteredOn(finding -> finding.subject().key().equals("backend1/db1"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.failed()).isNotEqualTo(covered);
          assertThat(finding.remedy()).isPresent();
        });
  }

  /// Who wrote it takes the failure for waived.
  @ParameterizedTest
  @CsvSource({"backend1,, pass", "db1,, fail info", "backend1, backend1, fail info"})
  void aWaiverThatCoversNothingIsTold(String from, String to, String verdict) {
    List<Finding> findings =
        judge(waiver(Optional.ofNullable(from), Optional.ofNullable(to), "2024-03-01"));

    assertThat(Verdicts.of(of(findings, "earshot.waivers")))
        .containsExactly(verdict + " waiver of " + APART);
    assertThat(of(findings, "earshot.waivers").getFirst().verdict().because())
        .matches(
            verdict.equals("pass")
                ? ".*; ops answers for it"
                : ".*; ops answers for it; it covers nothing that " + APART + " told of");
  }

  @Test
  void ofAHostThatWasNotReachedNothingCanBeTold() {
    FleetFixture fleet = FleetFixture.incident().at(Instant.parse("2024-02-01T23:59:00Z"));
    fleet.host("db1").unreachable("connection refused");

    assertThat(
            Verdicts.of(
                of(
                    judge(fleet, waiver(Optional.of("db1"), Optional.empty(), "2024-03-01")),
                    "earshot.waivers")))
        .containsExactly("pass waiver of " + APART);
  }

  @Test
  void whatDidNotFailIsNotWaived() {
    assertThat(judge(waiver(Optional.empty(), Optional.empty(), "2024-03-01")))
        .filteredOn(finding -> !finding.check().id().equals(APART))
        .noneMatch(finding -> finding.verdict() instanceof Verdict.Waived);
  }

  private static List<Finding> of(List<Finding> findings, String check) {
    return findings.stream().filter(finding -> finding.check().id().equals(check)).toList();
  }

  private static List<Finding> judge(Waiver waiver) {
    return judge(FleetFixture.incident().at(Instant.parse("2024-02-01T23:59:00Z")), waiver);
  }

  private static List<Finding> judge(FleetFixture fleet, Waiver waiver) {
    return Checks.judge(
        Fleet.of(
            fleet.evidence(),
            new Policy(
                DeclaredTopology.NONE, Thresholds.USUAL, List.of(waiver), List.of(), List.of())));
  }

  private static Waiver waiver(Optional<String> from, Optional<String> to, String expires) {
    return new Waiver(
        APART,
        APART,
        new Waiver.Scope(Optional.empty(), hosts(from), hosts(to), Optional.empty()),
        "because",
        "ops",
        LocalDate.parse(expires),
        new Origin("earshot.yml", 1));
  }

  private static Optional<Set<HostName>> hosts(Optional<String> name) {
    return name.map(one -> Set.of(new HostName(one)));
  }
}
