package dev.earshot.check.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Check;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.fixture.Verdicts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was not asked is told apart from what was not shown: a grant would not help.
class EarlierEvidenceTest {

  private final FleetFixture fleet = new FleetFixture();
  private final PostgresFixture server =
      new PostgresFixture().set("archive_mode", "on").sessions("10.0.0.31", "app", "app", 3);

  EarlierEvidenceTest() {
    fleet.host("db1", "10.0.0.21").postgres(server);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres.application-roles, roles, more than 5 s",
    "postgres.archiver, backlog, GRANT pg_monitor",
    "postgres.autovacuum-workers, workers, GRANT pg_monitor",
    "postgres.notification-queue, notifications, more than 5 s",
    "postgres.role-expiry, roles, more than 5 s",
    "postgres.settings-sources, shadowed, superusers alone",
    "postgres.table-autovacuum, unvacuumed1, more than 5 s",
    "postgres.tablespaces, tablespaces, GRANT pg_monitor",
    "postgres.timelines, timeline, more than 5 s",
    "postgres.vacuum-horizon, horizon, GRANT pg_monitor"
  })
  void isNotBlamedOnGrants(String id, String list, String hidden) {
    server.health().hides(list);
    assertUnknown(id, hidden);

    server.health().without(list);
    assertUnknown(id, "of an earlier version");
  }

  private void assertUnknown(String id, String because) {
    Check check =
        Checks.ALL.stream().filter(one -> one.info().id().equals(id)).findFirst().orElseThrow();
    assertThat(Verdicts.of(fleet.judge(check))).containsExactly("unknown db1");
    assertThat(fleet.judge(check).getFirst().verdict().because())
        .contains(because)
        .satisfies(text ->
            assertThat(text.contains("GRANT") && text.contains("earlier version")).isFalse());
  }
}
