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

    assertThat(verdicts()).containsExactly("fail low backend1", "pass db1", "pass lb1", "pass lb2");
    assertThat(because(0))
        .isEqualTo(
            "backend1 is declared to be in ovh/gra, like db1, lb1, lb2, but db1 is 25.3 ms away, up to 2530 km; a region's datacenters are seldom more than 2.0 ms apart, and where they are, earshot_zone should tell which it is");
    assertThat(because(1)).endsWith("round trips to 2 of 3 other hosts there agree");
  }

  @Test
  void ofTwoBothAre() {
    declare("ovh", "gra", "a", "b");
    fleet.pings("a", "b", 25);

    assertThat(verdicts()).containsExactly("fail low a", "fail low b");
  }

  @Test
  void whoIsOnARequestsWayMattersMore() {
    declare("ovh", "gra", "a", "b");
    fleet.pings("a", "b", 25);
    fleet.connection("a", "b", 5432).rtt(25);

    assertThat(verdicts()).containsExactly("fail medium a", "fail medium b");
  }

  @ParameterizedTest
  @CsvSource({
    "hetzner/eu-central/fsn1-dc14, hetzner/eu-central/hel1-dc2, notApplicable",
    "hetzner/eu-central/fsn1-dc14, hetzner/eu-central/FSN1-dc14, fail medium",
    "hetzner/eu-central/fsn1-dc14, hetzner/eu-central, notApplicable",
    "hetzner/eu-central, hcloud/eu-central, notApplicable",
    "hetzner/fsn1, hetzner/fsn1, fail low",
    "aws/eu-central-1/eu-central-1a, aws/eu-central-1/eu-central-1b, notApplicable",
    "aws/eu-central-1/eu-central-1a, amazon/eu-central-1, fail low",
    "aws/eu-central-1, aws/eu-central-1, fail low",
    "//dc1, //dc1, fail medium",
    "//dc1, //dc2, notApplicable"
  })
  void aZoneTellsMoreThanARegion(String a, String b, String verdict) {
    at("a", a);
    at("b", b);
    fleet.pings("a", "b", 25);

    assertThat(verdicts()).containsExactly(verdict + " a", verdict + " b");
  }

  @Test
  void zonesOnARequestsWayMatterMost() {
    at("a", "ovh/gra/gra1");
    at("b", "ovh/gra/gra1");
    fleet.pings("a", "b", 25);
    fleet.connection("a", "b", 5432).rtt(25);

    assertThat(verdicts()).containsExactly("fail high a", "fail high b");
    assertThat(because(0))
        .isEqualTo(
            "a is declared to be in ovh/gra/gra1, like b, but b is 25.0 ms away, up to 2500 km; within a zone it is 2.0 ms at most");
  }

  @Test
  void aRegionOfSeveralSitesIsToldToBeOne() {
    at("a", "hetzner/eu-central");
    at("b", "hetzner/eu-central");
    fleet.pings("a", "b", 25);

    assertThat(because(0))
        .isEqualTo(
            "a is declared to be in hetzner/eu-central; that is several sites, of which only earshot_zone tells one");

    fleet.host("a").answers(Dmi.PROBE, "sys_vendor=Hetzner\nproduct_name=vServer\n");
    assertThat(verdicts()).containsExactly("pass a", "notApplicable b");
    assertThat(because(0)).endsWith("of which only earshot_zone tells one");
  }

  @Test
  void whoIsDeclaredToBeElsewhereMayNotShareARoom() {
    declare("ovh", "gra", "db1");
    declare("ovh", "waw", "db2");
    fleet.pings("db1", "db2", 0.3);

    assertThat(verdicts()).containsExactly("fail medium db1", "fail medium db2");
    assertThat(because(1))
        .isEqualTo(
            "db2 is declared to be in ovh/waw, but db1, declared to be in ovh/gra, is 0.30 ms away, 30 km at most: they may share a datacenter, and then what happens to one happens to the other");
  }

  @Test
  void ofThoseInARoomTheStrangerIsInTheWrong() {
    declare("ovh", "gra", "a", "b", "c");
    declare("ovh", "waw", "d");
    fleet.pings("a", "b", 0.3).pings("a", "c", 0.3).pings("b", "c", 0.3);
    fleet.pings("a", "d", 0.3).pings("b", "d", 0.4).pings("c", "d", 0.5);

    assertThat(verdicts()).containsExactly("pass a", "pass b", "pass c", "fail medium d");
    assertThat(because(3))
        .contains(
            "but a, declared to be in ovh/gra, is 0.30 ms away, 30 km at most, and as near b, c: ");
  }

  @ParameterizedTest
  @CsvSource({
    "ovh/gra, ovh/waw, 0.51, notApplicable",
    "ovh/gra, /waw, 0.3, fail medium",
    "aws/eu-west-1, aws/eu-central-1, 0.3, fail medium",
    "aws/eu-central-1/eu-central-1a, aws/eu-central-1/eu-central-1b, 0.3, notApplicable",
    "aws/eu-central-1, hetzner/eu-west-1, 0.3, notApplicable", // other people's region of one city
    "ovh/GRA7, ovh/GRA11, 0.3, notApplicable",
    "digitalocean/nyc1, digitalocean/nyc3, 0.3, notApplicable",
    "digitalocean/nyc1, digitalocean/ams3, 0.3, fail medium",
    "hetzner/fsn1, hetzner/eu-central, 0.3, notApplicable",
    "aws/frankfurt, aws/eu-central-1, 0.3, notApplicable",
    "//gra, //waw, 0.3, notApplicable",
    "/dc-a, /dc-b, 0.35, fail low", // two sites of a town
    "/dca, /dcb, 0.35, fail low",
    "/north, /south, 0.35, fail low",
    "/gra, /dca, 0.35, fail low",
    "gcp/europe-west4, gcp/europe-north1, 0.35, fail medium",
    "scaleway/fr-par, scaleway/nl-ams, 0.35, fail medium",
    "linode/us-east, linode/us-west, 0.35, fail medium"
  })
  void whatCanNotShareARoom(String a, String b, double rtt, String verdict) {
    at("a", a);
    at("b", b);
    fleet.pings("a", "b", rtt);

    assertThat(verdicts()).containsExactly(verdict + " a", verdict + " b");
  }

  @Test
  void whoseMachineItIsAloneIsNoPlace() {
    at("a", "external");
    at("b", "external");
    fleet.pings("a", "b", 25);

    assertThat(verdicts()).containsExactly("notApplicable a", "notApplicable b");
    assertThat(because(0))
        .isEqualTo(
            "a: the inventory declares no region or zone (variables earshot_region, earshot_zone)");
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
    "OVHcloud, Hetzner, fail high",
    "hcloud, OVH, unknown",
    "hcloud, Hetzner, pass",
    "hcloud, Amazon EC2, fail high",
    "ec2, Amazon EC2, pass",
    "do, DigitalOcean, pass",
    "Digital Ocean, DigitalOcean, pass",
    "to-be-done, DigitalOcean, unknown",
    "e24cloud, e24cloud, pass",
    "akamai, Linode, pass",
    "external, Amazon EC2, unknown",
    "openstack, Hetzner, unknown",
    "manual, Hetzner, unknown",
    "cloudflare, Hetzner, unknown",
    "laws, Hetzner, unknown",
    "hetzner-and-aws, Hetzner, pass",
    "Hetzner, QEMU, unknown"
  })
  void theFirmwareKnowsTheProvider(String declared, String vendor, String verdict) {
    declare(declared, "x", "a");
    fleet.host("a").answers(Dmi.PROBE, "sys_vendor=%s\nproduct_name=x\n".formatted(vendor));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({"opentelekomcloud", "otc", "T-Systems", "Telekom Cloud"})
  void telekomsCloudHasManyNames(String declared) {
    declare(declared, "x", "a");
    fleet
        .host("a")
        .answers(Dmi.PROBE, "sys_vendor=OpenStack\nchassis_asset_tag=OpenTelekomCloud\n");

    assertThat(verdicts()).containsExactly("pass a");
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

  /// `ovh/gra/gra1`, `//dc1`
  private void at(String name, String place) {
    String[] parts = place.split("/", -1);
    fleet
        .host(name, "10.0.0." + (10 + fleet.evidence().hosts().size()))
        .declared(new Place(Place.Source.DECLARED, part(parts, 0), part(parts, 1), part(parts, 2)));
  }

  private static Optional<String> part(String[] parts, int at) {
    return at < parts.length && !parts[at].isEmpty() ? Optional.of(parts[at]) : Optional.empty();
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DeclaredPlaceCheck()));
  }

  private String because(int at) {
    return fleet.judge(new DeclaredPlaceCheck()).get(at).verdict().because();
  }
}
