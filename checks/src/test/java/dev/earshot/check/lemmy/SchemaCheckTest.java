package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.LemmyDatabase;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.LemmyFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "0.19.3, 20240115100133, 0.19, 2024-01-22, pass db1",
    "0.19.3, 20240123100133, 0.19, 2024-01-22, pass db1", // a time zone apart
    "0.19.3, 20240228144211, 0.19, 2024-01-22, fail critical db1",
    "0.19.3, 2024-02-28-144211, 0.19, 2024-01-22, fail critical db1",
    "0.19.3, 20240115100133, 1.0, 2024-01-22, fail critical db1",
    "1.0.0, 20240115100133, 0.19, 2026-01-22, fail high db1",
    "1.0.0, 20250115100133, 1.0, 2026-01-22, pass db1",
    "0.19.3, 20249915100133, 0.19, 2024-01-22, unknown db1",
    "unknown version, 20240115100133, 0.19, 2024-01-22, unknown db1"
  })
  void migrationsAgainstWhatRuns(
      String version, String migration, String columns, String built, String verdict) {
    LemmyFixture database = new LemmyFixture().migration(migration);
    fleet
        .host("db1", "10.0.0.21")
        .lemmyDatabase(columns.equals("1.0") ? database.renamed() : database);
    fleet
        .host("app1", "10.0.0.31")
        .lemmy(version, "")
        .containers(
            new ContainerFixture("lemmy", "dessalines/lemmy:" + version.replace(' ', '-'))
                .built(built + "T10:00:00Z"));

    assertThat(verdicts()).containsExactly(verdict);
  }

  /// A report's headline ends at the first semicolon.
  @Test
  void whatIsWrongIsOneClause() {
    fleet.host("db1", "10.0.0.21").lemmyDatabase(new LemmyFixture().migration("20240715000000"));
    fleet
        .host("app1", "10.0.0.31")
        .lemmy("0.19.4-beta.3", "")
        .containers(
            new ContainerFixture("lemmy", "dessalines/lemmy:dev").built("2024-05-02T10:00:00Z"));

    assertThat(fleet.judge(new SchemaCheck()).getFirst().verdict().because())
        .isEqualTo(
            "db1: newest migration 20240715000000 of database lemmy (columns of Lemmy 0.19), and on it runs 0.19.4-beta.3, built 2024-05-02, before that migration was written");
  }

  @Test
  void withoutAnImagesDateItIsUnknown() {
    fleet.host("db1", "10.0.0.21").lemmyDatabase(new LemmyFixture());
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void anUnseenDatabaseMattersWhereLemmyRuns() {
    fleet.host("db1", "10.0.0.21").doesNotTell(LemmyDatabase.PROBE, "denied");

    assertThat(verdicts()).containsExactly("notApplicable fleet");

    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new SchemaCheck()));
  }
}
