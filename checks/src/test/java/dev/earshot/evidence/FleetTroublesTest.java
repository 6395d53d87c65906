package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.postgres.CrashSafetyCheck;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What could not be asked leaves an audit incomplete, wherever it was to be asked.
class FleetTroublesTest {

  private final FleetFixture fleet = new FleetFixture();

  @Test
  void aServerThatLetsUsInDoesNotHideOneThatDoesNot() {
    fleet
        .host("db1", "10.0.0.21")
        .answers(
            PostgresSettings.PROBE,
            CommandResult.of(
                """
                left out: PostgreSQL did not let us in (root: no such role): allow it
                === 5432
                @settings
                name,setting
                server_version_num,150018
                """));

    assertThat(fleet.evidence().troubles())
        .contains(
            new Trouble(
                new HostName("db1"),
                Optional.of("postgres.settings"),
                "PostgreSQL did not let us in (root: no such role): allow it"));
    assertThat(Verdicts.of(fleet.judge(new CrashSafetyCheck())))
        .containsExactly("unknown db1", "unknown db1");
  }

  @Test
  void aSettingThatReadsLikeItIsNone() {
    fleet
        .host("db1", "10.0.0.21")
        .answers(
            PostgresSettings.PROBE,
            CommandResult.of("=== 5432\n@settings\nname,setting\nleft out: x,1\n"));

    assertThat(fleet.evidence().troubles())
        .extracting(Trouble::reason)
        .noneMatch(reason -> reason.startsWith("x,1"));
  }

  @Test
  void anotherInstanceThatDoesNotAnswerIsTroubleOnce() {
    fleet.remote(
        new Remote(
            "lemmy.example",
            "lemmy.ours",
            new Uncollected<>("refused"),
            new Uncollected<>("gone")));
    fleet.remote(
        new Remote(
            "other.example", "lemmy.ours", new Collected<>(poll()), new Collected<>(poll())));

    assertThat(fleet.evidence().troubles())
        .containsExactly(
            new Trouble(
                new HostName("lemmy.example"), Optional.of("federated_instances"), "refused"));
  }

  @Test
  void aNameThatCouldNotBeLookedUpIsTrouble() {
    fleet
        .host("web1", "10.0.0.11")
        .answers(
            ServiceName.PROBE,
            CommandResult.of("@name lemmy.ours\n@trouble its name servers did not answer\n"));

    assertThat(fleet.evidence().troubles())
        .contains(
            new Trouble(
                new HostName("web1"),
                Optional.of("dns.names"),
                "lemmy.ours: its name servers did not answer"));
  }

  private static Poll poll() {
    return new Poll(Instant.EPOCH, 1, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
