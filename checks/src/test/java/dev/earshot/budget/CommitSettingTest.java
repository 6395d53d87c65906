package dev.earshot.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitSettingTest {

  private final PostgresFixture server =
      new PostgresFixture()
          .set("synchronous_commit", "on")
          .override("", "", "synchronous_commit", "remote_write")
          .override("", "lemmy", "synchronous_commit", "local")
          .override("lemmy", "", "synchronous_commit", "off")
          .override("lemmy", "lemmy", "synchronous_commit", "remote_apply")
          .override("lemmy", "", "work_mem", "1");

  @ParameterizedTest
  @CsvSource({
    "lemmy, lemmy, remote_apply, ALTER ROLE lemmy IN DATABASE lemmy",
    "lemmy, other, off, ALTER ROLE lemmy",
    "other, lemmy, local, ALTER DATABASE lemmy",
    "other, other, remote_write, ALTER ROLE ALL"
  })
  void theNarrowestOverrideHolds(String role, String database, String value, String source) {
    CommitSetting setting = CommitSetting.effective(settings(server), role, database);

    assertThat(setting.value()).isEqualTo(value);
    assertThat(setting.source()).isEqualTo(source);
    assertThat(setting.override()).isPresent();
  }

  @Test
  void withoutAnOverrideTheFileHolds() {
    CommitSetting setting =
        CommitSetting.effective(
            settings(new PostgresFixture().set("synchronous_commit", "off")), "a", "b");

    assertThat(setting.source()).isEqualTo("/etc/postgresql/postgresql.conf line 12");
    assertThat(setting.override()).isEmpty();
    assertThat(setting.losesCommits()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "on, false, true", "off, true, false", "OFF, true, false", "false, true, false",
        "0, true, false",
    "no, true, false", "local, false, false", "LOCAL, false, false", "remote_write, false, true",
        "1, false, true"
  })
  void everySpellingCounts(String value, boolean loses, boolean waits) {
    CommitSetting setting = new CommitSetting("", "", value, "", Optional.empty());

    assertThat(setting.losesCommits()).isEqualTo(loses);
    assertThat(setting.waitsForStandbys()).isEqualTo(waits);
  }

  @Test
  void whereNoSessionsAreKnownTheServersOwnSettingCountsToo() {
    PostgresFixture off =
        new PostgresFixture()
            .set("synchronous_commit", "off")
            .override("safe", "", "synchronous_commit", "on");

    assertThat(CommitSetting.of(settings(off), Optional.empty()))
        .extracting(CommitSetting::role, CommitSetting::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("", "off"),
            org.assertj.core.groups.Tuple.tuple("safe", "on"));
  }

  private static PostgresSettings settings(PostgresFixture server) {
    FleetFixture fleet = new FleetFixture();
    fleet.host("db1", "10.0.0.21").postgres(server);
    return fleet
        .evidence()
        .host(new HostName("db1"))
        .map(HostEvidence::postgres)
        .flatMap(evidence -> evidence.collected())
        .orElseThrow()
        .getFirst();
  }
}
