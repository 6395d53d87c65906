package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignKeyIndexesCheckTest {

  private static final Check CHECK = new ForeignKeyIndexesCheck();

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server = new PostgresFixture();

  ForeignKeyIndexesCheckTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({"20, 0, pass", "20, 1, fail low", "100, 1, fail medium"})
  void whereRowsAreDeleted(long mebibytes, long deleted, String verdict) {
    server
        .tables()
        .row("unindexed", "public", "c", "c_post", "[\"post\"]", "post", mebibytes << 20, deleted);

    assertThat(verdicts()).containsExactly(verdict + " db1");
  }

  @Test
  void theIndexHasTheKeysColumns() {
    server.tables().row("unindexed", "public", "c", "f", "[\"a\", \"B c\"]", "post", 1 << 30, 5);

    assertThat(fleet.judge(CHECK).getFirst().remedy().orElseThrow().playbook())
        .contains("CREATE INDEX CONCURRENTLY ON \\\"public\\\".\\\"c\\\" (\\\"a\\\", \\\"B c\\\")");
  }

  @Test
  void whatIsNotShownIsUnknown() {
    server.tables().hides("unindexed");

    assertThat(verdicts()).containsExactly("unknown db1");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(CHECK));
  }
}
