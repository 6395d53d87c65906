package dev.earshot.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Profile.Intent;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private final FleetFixture fleet = FleetFixture.incident();

  @Test
  void nothingSeenIsGeneric() {
    assertThat(observed()).isEqualTo(new Profile(Intent.GENERIC, "no host is seen to run Lemmy"));
  }

  @Test
  void aBackendThatAnswersIsALemmy() {
    fleet.host("backend1").lemmy("0.19.3", "pool 30 read");

    assertThat(observed()).isEqualTo(new Profile(Intent.LEMMY, "backend1 runs a backend of Lemmy"));
  }

  /// Any user of a host may run a program that answers so.
  @Test
  void anAnswerWhereNothingAsksADatabaseIsNoProof() {
    fleet.host("lb1").lemmy("0.19.3", "pool 30 read");

    assertThat(observed().intent()).isEqualTo(Intent.GENERIC);
  }

  @Test
  void aDatabaseOfItIsALemmyThoughNoBackendIsAudited() {
    fleet.host("db1").lemmyDatabase(new LemmyFixture());

    assertThat(observed()).isEqualTo(new Profile(Intent.LEMMY, "db1 holds a database of Lemmy"));
  }

  @Test
  void whatCouldNotBeAskedIsNoLemmy() {
    fleet.host("backend1").doesNotTell(LemmyNode.PROBE, "denied");

    assertThat(observed().intent()).isEqualTo(Intent.GENERIC);
  }

  @Test
  void whatIsChosenCountsMore() {
    assertThat(Fleet.of(fleet.evidence(), Optional.of(Intent.LEMMY), Policy.NONE).profile())
        .isEqualTo(new Profile(Intent.LEMMY, "it was chosen"));
  }

  private Profile observed() {
    return fleet.fleet().profile();
  }
}
