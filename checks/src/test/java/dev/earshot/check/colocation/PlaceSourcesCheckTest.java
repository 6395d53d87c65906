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
