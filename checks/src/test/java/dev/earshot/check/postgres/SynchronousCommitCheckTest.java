package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Policy;
import dev.earshot.check.Profile;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynchronousCommitCheckTest {

  private final FleetFixture fleet = FleetFixture.incident();
  private final PostgresFixture server = new PostgresFixture();

  SynchronousCommitCheckTest() {
    fleet.host("db1").postgres(server);
  }

  @Test
  void onIsGoodAndSaysWhoSetIt() {
    server.set("synchronous_commit", "on").sessions("10.0.0.31", "lemmy", "lemmy", 5);

    assertThat(verdicts()).containsExactly("pass db1");
    assertThat(because())
        .isEqualTo(
            "db1: synchronous_commit is on for role lemmy, set in /etc/postgresql/postgresql.conf line 12");
  }

  @Test
  void offInTheFileIsFoundWithItsCostAndCleared() {
    server.set("synchronous_commit", "off");

    assertThat(verdicts()).containsExactly("fail medium db1");
    assertThat(because())
        .isEqualTo(
            "db1: synchronous_commit is off for every role, set in /etc/postgresql/postgresql.conf line 12: a crash loses up to 600 ms of commits; turning it on costs about 1.5 ms of a request's 533 ms (0.3 %; a flush takes 1.5 ms, by the mean write and flush of disk vda over the window (10 flushes)), so it is not what makes requests slow");
    assertThat(playbook())
        .contains("lineinfile", "/etc/postgresql/postgresql.conf", "pg_reload_conf");
  }

  @Test
  void whereItIsMeantToBeOffItIsToldForInformation() {
    server.set("synchronous_commit", "off");
    fleet.host("backend1").lemmy("0.19.3", "pool 30 read");

    assertThat(verdicts()).containsExactly("fail info db1");
    assertThat(because())
        .contains(
            "loses up to 600 ms of commits, but corrupts nothing; profile lemmy: upstream's example has it off, too; turning it on costs");
    Fleet generic = Fleet.of(fleet.evidence(), Optional.of(Profile.Intent.GENERIC), Policy.NONE);
    assertThat(Verdicts.of(new SynchronousCommitCheck().judge(generic)))
        .containsExactly("fail medium db1");
  }

  @Test
  void offForARoleIsFoundThoughTheFileSaysOn() {
    server
        .set("synchronous_commit", "on")
        .override("lemmy", "", "synchronous_commit", "OFF")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5);

    assertThat(verdicts()).containsExactly("fail medium db1/lemmy");
    assertThat(because()).contains("is off for role lemmy, set in ALTER ROLE lemmy");
    assertThat(playbook())
        .contains("ALTER ROLE \\\"lemmy\\\" RESET \\\"synchronous_commit\\\"")
        .doesNotContain("lineinfile");
  }

  @Test
  void offForADatabaseIsTakenBackThereAndNotFromTheRole() {
    server
        .override("", "lemmy", "synchronous_commit", "off")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5);

    assertThat(verdicts()).containsExactly("fail medium db1/database lemmy");
    assertThat(playbook())
        .contains("ALTER DATABASE \\\"lemmy\\\" RESET \\\"synchronous_commit\\\"");
  }

  @Test
  void offForARoleInADatabaseAndForAllRoles() {
    server
        .override("lemmy", "lemmy", "synchronous_commit", "off")
        .override("", "", "synchronous_commit", "off")
        .sessions("10.0.0.31", "lemmy", "lemmy", 5)
        .sessions("10.0.0.31", "a IN DATABASE b", "other", 5);

    assertThat(verdicts())
        .containsExactlyInAnyOrder("fail medium db1/lemmy in lemmy", "fail medium db1/all roles");
    assertThat(findings())
        .extracting(finding -> finding.remedy().orElseThrow().playbook())
        .anyMatch(text -> text.contains("ALTER ROLE \\\"lemmy\\\" IN DATABASE \\\"lemmy\\\" RESET"))
        .anyMatch(text -> text.contains("ALTER ROLE ALL RESET"));
  }

  @Test
  void aRoleThatIsSafeDoesNotHideTheFileWhereNoSessionsAreKnown() {
    server.set("synchronous_commit", "off").override("safe", "", "synchronous_commit", "on");

    assertThat(verdicts()).containsExactly("fail medium db1");
  }

  @Test
  void aCostThatCannotBeMeasuredIsSaidToBe() {
    server.set("synchronous_commit", "off");
    fleet.host("db1").lacks(Disk.PROBE);

    assertThat(because())
        .endsWith(
            "what turning it on costs could not be measured: the disk does not count its flushes");
  }

  @Test
  void aValueThatHoldsForTheAuditorAloneIsUnknown() {
    server.set("synchronous_commit", "on", "user", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void anUnreadServerIsUnknown() {
    fleet.host("db1").doesNotTell(PostgresSettings.PROBE, "PostgreSQL did not let us in");

    assertThat(verdicts()).containsExactly("unknown db1");
    assertThat(because()).isEqualTo("db1: PostgreSQL did not let us in");
  }

  private List<Finding> findings() {
    return fleet.judge(new SynchronousCommitCheck());
  }

  private List<String> verdicts() {
    return Verdicts.of(findings());
  }

  private String because() {
    return findings().getFirst().verdict().because();
  }

  private String playbook() {
    return findings().getFirst().remedy().orElseThrow().playbook();
  }
}
