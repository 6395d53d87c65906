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
    "frankfurt, eu-central-1, fail info"
  })
  void regionsOfInventoryAndMetadata(String declared, String metadata, String verdict) {
    host("a", declared, metadata);

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
        .answers(Metadata.PROBE, "service=hetzner\nregion=eu-central\nzone=fsn1\n");
    fleet
        .host("b", "10.0.0.2")
        .declared(
            new Place(
                Place.Source.DECLARED, Optional.empty(), Optional.empty(), Optional.of("hel1")));

    assertThat(fleet.judge(new PlaceSourcesCheck()).getFirst().verdict().because())
        .isEqualTo("a: a group's name says zone hel1, the metadata service says fsn1");
  }

  @Test
  void aSilentServiceIsUnknown() {
    fleet.host("a", "10.0.0.1").doesNotTell(Metadata.PROBE, "no answer");

    assertThat(Verdicts.of(fleet.judge(new PlaceSourcesCheck()))).containsExactly("unknown a");
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
