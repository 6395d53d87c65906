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
