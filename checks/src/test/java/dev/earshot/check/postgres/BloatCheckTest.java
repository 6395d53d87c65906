package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.evidence.Depth;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BloatCheckTest {

  private static final Check CHECK = new BloatCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  BloatCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "t, 400, 199, pass",
    "t, 400, 200, fail low",
    "f, 150, 90, pass",
    "f, 4000, 1900, pass",
    "f, 2000, 1024, fail medium"
  })
  void halfEmptyAndWorthIt(String index, long mebibytes, long wasted, String verdict) {
    server.tables().row("bloat", index, "public", "post", mebibytes << 20, wasted << 20);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void indexesAreBuiltAnewAndTablesOnlyWhereThatIsAllowed() {
    server.tables().database("odd = 'db", 864_000, 0, 0);
    server.tables().row("bloat", "t", "public", "Post \"x", 4L << 30, 3L << 30);
    server.tables().row("bloat", "f", "public", "post", 4L << 30, 3L << 30);

    String playbook = fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook();
    assertThat(playbook)
        .contains("\"dbname='odd = \\\\'db'\"")
        .contains("REINDEX INDEX CONCURRENTLY \\\"public\\\".\\\"Post \\\"\\\"x\\\"")
        .contains("VACUUM (FULL, ANALYZE) \\\"public\\\".\\\"post\\\"")
        .contains(
            "'\\\"public\\\".\\\"Post \\\"\\\"x\\\"')) > %d".formatted((4L << 30) - (3L << 29)))
        .contains("    - %s\n".formatted(SettingPlay.DISRUPTION))
        .containsOnlyOnce("      when:\n");
  }

  @Test
  void whatCouldNotBeEstimatedIsUnknown() {
    server.tables().database("app", 864_000, 0, 3);

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.tables().hides("bloat");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void databasesThatDoNotLetUsInAreUnknown() {
    server.tables().closed();

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  @Test
  void saysHowManyDatabasesWereLookedAt() {
    server.tables().among(12);

    assertThat(fleet.judge(CHECK).getFirst().verdict().because())
        .endsWith("in the 1 busiest of 12 databases");
  }

  @Test
  void standbysAreNotJudged() {
    server.tables().standby();

    assertThat(verdicts()).containsExactly("notApplicable db1");
  }

  @Test
  void withoutDeepNobodyLooked() {
    fleet.looking(Depth.USUAL);

    assertThat(fleet.judge(CHECK))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.verdict().because()).contains("earshot audit --deep"));
    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
