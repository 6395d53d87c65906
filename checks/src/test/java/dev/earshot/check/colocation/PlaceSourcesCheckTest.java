package dev.earshot.check.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Metadata;
import dev.earshot.evidence.Place;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceSourcesCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, eu-central-1, pass",
    "EU-Central-1, eu-central-1, pass",
    "us-east-2, eu-central-1, fail high",
    "us_east_2, eu-central-1, fail high",
    "frankfurt, eu-central-1, fail info"
  })
  void regionsOfInventoryAndMetadata(String declared, String metadata, String verdict) {
    host("a", declared, metadata);

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({
    "'', fsn1, hel1-dc2, fail medium",
    "'', hel1, hel1-dc2, pass",
    "'', HEL1-DC2, hel1-dc2, pass",
    "'', fsn1-dc14, hel1-dc2, fail medium",
    "'', dc1, hel1-dc2, pass", // the first one of ours
    "'', dmz, hel1-dc2, pass",
    "'', rack-1, hel1-dc2, pass",
    "eu-central, fsn1, hel1-dc2, fail medium",
    "fsn1, '', hel1-dc2, fail high",
    "hel1, '', hel1-dc2, pass",
    "hel1, fsn1, hel1-dc2, fail medium",
    "finland, '', hel1-dc2, fail info",
    "finland, fsn1, hel1-dc2, fail medium",
    "us-east, '', hel1-dc2, fail high"
  })
  void hetznersSitesAreItsZones(String region, String zone, String metadata, String verdict) {
    fleet
        .host("a", "10.0.0.1")
        .declared(
            new Place(Place.Source.DECLARED, Optional.of("hetzner"), known(region), known(zone)))
        .answers(
            Metadata.PROBE, "service=hetzner\nregion=eu-central\nzone=%s\n".formatted(metadata));

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly(verdict + " a");
  }

  @Test
  void aRegionThatTheZoneContradictsIsHeldAgainstIt() {
    fleet
        .host("a", "10.0.0.1")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.empty(), Optional.of("fsn1"), Optional.empty()))
        .answers(Metadata.PROBE, "service=hetzner\nregion=eu-central\nzone=hel1-dc2\n");

    assertThat(fleet.judge(new PlaceSourcesCheck()).getFirst().verdict().because())
        .isEqualTo("a: the inventory says region fsn1, the metadata service says zone hel1-dc2");
  }

  @ParameterizedTest
  @CsvSource({
    "reg1, az1, pass", // people's own names
    "eu-de, eu-de-01, pass",
    "eu-nl-01, eu-de-01, fail high"
  })
  void zonesOfServicesWithoutRegions(String declared, String zone, String verdict) {
    fleet
        .host("a", "10.0.0.1")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.empty(), Optional.of(declared), Optional.empty()))
        .answers(Metadata.PROBE, "service=openstack\nzone=%s\n".formatted(zone));

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly(verdict + " a");
  }

  @Test
  void bothSidesAreNamedWithTheDistanceThatRoundTripsAllow() {
    host("a", "us-east-2", "eu-central-1");
    host("b", "us-east-2", "us-east-2");
    fleet.pings("a", "b", 25.3);

    assertThat(fleet.judge(new PlaceSourcesCheck()).getFirst().verdict().because())
        .isEqualTo(
            "a: the inventory says region us-east-2, the metadata service says eu-central-1; b, of us-east-2, is 25.3 ms away, 2530 km at most");
  }

  @ParameterizedTest
  @CsvSource({
    "eu_central_1, pass",
    "region_eu_central_1, pass",
    "us_east_2, fail high", // which the other host knows
    "eu_west_1, notApplicable", // which nobody knows
    "web, notApplicable"
  })
  void groupsThatAreNamedAfterPlaces(String group, String verdict) {
    fleet
        .host("a", "10.0.0.1")
        .groups("all", "web", group)
        .answers(Metadata.PROBE, "service=aws\nregion=eu-central-1\n");
    fleet
        .host("b", "10.0.0.2")
        .groups("web")
        .answers(Metadata.PROBE, "service=aws\nregion=us-east-2\n");

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck())))
        .containsExactly(verdict + " a", "notApplicable b");
  }

  @Test
  void aGroupIsNamedAsTheOneWhoIsWrong() {
    fleet
        .host("a", "10.0.0.1")
        .groups("hel1")
        .answers(Metadata.PROBE, "service=hetzner\nregion=eu-central\nzone=fsn1-dc14\n");
    fleet
        .host("b", "10.0.0.2")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.empty(), Optional.empty(), Optional.of("hel1")));

    assertThat(fleet.judge(new PlaceSourcesCheck()).getFirst().verdict().because())
        .isEqualTo("a: a group's name says zone hel1, the metadata service says fsn1-dc14");
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1a, use1-az4, pass",
    "use1-az4, use1-az4, pass",
    "use1-az4, use1-az6, fail medium",
    "use1-az4, '', pass", // not told
    "dc1-rack4, use1-az6, pass" // no such id
  })
  void aZoneMayBeDeclaredByItsId(String declared, String id, String verdict) {
    zone("a", declared, id);

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({
    "use1-az6, use1-az2, true",
    "use1-az6, '', true", // not told
    "use1-az6, use1-az6, false" // which is another name there
  })
  void aZonesNameIsNotTheSameInAllAccounts(String id, String other, boolean comparable) {
    zone("a", "us-east-1a", id);
    fleet
        .host("b", "10.0.0.2")
        .answers(
            Metadata.PROBE,
            "service=aws\nregion=us-east-1\nzone=us-east-1a\nzone-id=%s\n".formatted(other));
    fleet
        .host("a")
        .answers(
            Metadata.PROBE,
            "service=aws\nregion=us-east-1\nzone=us-east-1b\nzone-id=%s\n".formatted(id));
    fleet.pings("a", "b", 1.3);

    assertThat(
            fleet
                .judge(new PlaceSourcesCheck())
                .getFirst()
                .verdict()
                .because()
                .contains("b, of us-east-1a, is 1.3 ms away"))
        .isEqualTo(comparable);
  }

  @Test
  void aSilentServiceIsUnknown() {
    fleet.host("a", "10.0.0.1").doesNotTell(Metadata.PROBE, "no answer");

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly("unknown a");
  }

  private static Optional<String> known(String name) {
    return Optional.of(name).filter(text -> !text.isEmpty());
  }

  private void zone(String name, String declared, String id) {
    fleet
        .host(name, "10.0.0.1")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.of("aws"), Optional.empty(), Optional.of(declared)))
        .answers(
            Metadata.PROBE,
            "service=aws\nregion=us-east-1\nzone=us-east-1a\nzone-id=%s\n".formatted(id));
  }

  private void host(String name, String declared, String metadata) {
    fleet
        .host(name, "10.0.0." + (10 + fleet.evidence().hosts().size()))
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.of("aws"), Optional.of(declared), Optional.empty()))
        .answers(Metadata.PROBE, "service=aws\nregion=%s\n".formatted(metadata));
  }
}
