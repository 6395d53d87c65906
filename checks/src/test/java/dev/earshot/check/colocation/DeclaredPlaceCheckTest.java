package dev.earshot.check.colocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.evidence.Dmi;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.Place;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredPlaceCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @Test
  void whoIsFarFromItsNeighboursIsInTheWrong() {
    declare("ovh", "gra", "backend1", "db1", "lb1", "lb2");
    fleet
        .pings("backend1", "db1", 25.3)
        .pings("backend1", "lb1", 25.3)
        .pings("backend1", "lb2", 25.3);
    fleet.pings("db1", "lb1", 0.3).pings("db1", "lb2", 0.3).pings("lb1", "lb2", 0.3);

    assertThat(verdicts())
        .containsExactly("fail medium backend1", "pass db1", "pass lb1", "pass lb2");
    assertThat(because(0))
        .isEqualTo(
            "backend1 is declared to be in ovh/gra, like db1, lb1, lb2, but db1 is 25.3 ms away, up to 2530 km; within a region it is 2.0 ms at most");
    assertThat(because(1)).endsWith("round trips to 2 of 3 other hosts there agree");
  }

  @Test
  void ofTwoBothAre() {
    declare("ovh", "gra", "a", "b");
    fleet.pings("a", "b", 25);

    assertThat(verdicts()).containsExactly("fail medium a", "fail medium b");
  }

  @Test
  void whoIsOnARequestsWayMattersMore() {
    declare("ovh", "gra", "a", "b");
    fleet.pings("a", "b", 25);
    fleet.connection("a", "b", 5432).rtt(25);

    assertThat(verdicts()).containsExactly("fail high a", "fail high b");
  }

  @Test
  void hostsOfOtherRegionsMayBeFar() {
    declare("ovh", "gra", "a");
    declare("ovh", "waw", "b");
    fleet.pings("a", "b", 25);

    assertThat(verdicts()).containsExactly("notApplicable a", "notApplicable b");
  }

  @ParameterizedTest
  @CsvSource({
    "aws, Amazon EC2, pass",
    "AWS Frankfurt, Amazon EC2, pass",
    "Amazon, Amazon EC2, pass",
    "Hetzner, Hetzner, pass",
    "hetzner-cloud, Hetzner, pass",
    "ovh, Hetzner, fail high",
    "Hetzner, QEMU, unknown"
  })
  void theFirmwareKnowsTheProvider(String declared, String vendor, String verdict) {
    declare(declared, "x", "a");
    fleet.host("a").answers(Dmi.PROBE, "sys_vendor=%s\nproduct_name=x\n".formatted(vendor));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @Test
  void twoHundredHostsOfOnePlaceAreJudgedInSeconds() {
    int hosts = 200;
    Place place =
        new Place(Place.Source.DECLARED, Optional.of("ovh"), Optional.of("gra"), Optional.empty());
    for (int at = 0; at < hosts; at++) {
      fleet.host("h" + at, "10.0.1." + at).declared(place);
      for (int other = 0; other < at; other++) {
        fleet.pings("h" + other, "h" + at, at == 7 || other == 7 ? 25 : 0.4);
      }
    }
    FleetEvidence evidence = fleet.evidence();

    List<Finding> findings =
        assertTimeout(
            Duration.ofSeconds(10), () -> new DeclaredPlaceCheck().judge(Fleet.of(evidence)));

    assertThat(findings).hasSize(hosts).filteredOn(Finding::failed).hasSize(1);
    assertThat(findings.get(7).failed()).isTrue();
  }

  @Test
  void theRemedyNamesACommandThatIsThere() {
    declare("ovh", "gra", "a", "b");
    fleet.pings("a", "b", 25);

    assertThat(fleet.judge(new DeclaredPlaceCheck()).getFirst().remedy().orElseThrow().commands())
        .contains("earshot audit -i INVENTORY   # the matrix shows who is far from whom");
  }

  @Test
  void neighboursThatWereNotMeasuredLeaveItUnknown() {
    declare("ovh", "gra", "a", "b");

    assertThat(verdicts()).containsExactly("unknown a", "unknown b");
  }

  @Test
  void whoDeclaresNothingIsNotJudged() {
    fleet.host("a", "10.0.0.1");
    fleet.host("b", "10.0.0.2");
    fleet.host("c", "10.0.0.3").unreachable("no route");
    fleet.pings("a", "b", 1);

    assertThat(verdicts()).containsExactly("notApplicable a", "notApplicable b", "unknown c");
  }

  private void declare(String provider, String region, String... names) {
    for (String name : names) {
      fleet
          .host(name, "10.0.0." + (10 + fleet.evidence().hosts().size()))
          .declared(
              new Place(
                  Place.Source.DECLARED,
                  Optional.of(provider),
                  Optional.of(region),
                  Optional.empty()));
    }
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DeclaredPlaceCheck()));
  }

  private String because(int at) {
    return fleet.judge(new DeclaredPlaceCheck()).get(at).verdict().because();
  }
}
