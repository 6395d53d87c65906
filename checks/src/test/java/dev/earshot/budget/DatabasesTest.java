package dev.earshot.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.PostgresFixture;
import dev.earshot.topology.Flow;
import dev.earshot.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasesTest {

  private final FleetFixture fleet = new FleetFixture();

  DatabasesTest() {
    fleet
        .host("db1", "10.0.0.21")
        .postgres(
            new PostgresFixture(5433)
                .inContainer("web", 5432)
                .set("synchronous_commit", "off")
                .sessions("10.0.0.31", "app", "app", 5));
    fleet.host("backend1", "10.0.0.31");
  }

  /// Other hosts know the port that is published; its neighbours in containers ask its own.
  @ParameterizedTest
  @ValueSource(ints = {5433, 5432})
  void aServerInAContainerIsFoundByEitherPort(int port) {
    fleet.connection("backend1", "db1", port);

    Topology topology = fleet.topology();
    Flow flow = topology.databaseFlows().getFirst();
    assertThat(Databases.settings(topology, flow)).isPresent();
    assertThat(Databases.activity(topology, flow))
        .hasValueSatisfying(activity -> assertThat(activity.sessionCount()).isEqualTo(5));
    assertThat(Databases.commitSettings(topology, flow))
        .singleElement()
        .satisfies(setting -> assertThat(setting.losesCommits()).isTrue());
  }

  /// Two that ask in different ways share one server's work.
  @Test
  void whoAsksByDifferentPortsMayAskTheSame() {
    fleet.connection("backend1", "db1", 5433);
    fleet.connection("db1", "db1", 5432);
    fleet.host("db1").listens(6432, "pgbouncer");
    fleet.connection("backend1", "db1", 6432);

    Topology topology = fleet.topology();
    assertThat(topology.databaseFlows())
        .extracting(flow -> List.of(flow.from().value(), flow.port()))
        .containsExactly(
            List.of("backend1", 5433), List.of("backend1", 6432), List.of("db1", 5432));
    Flow published = topology.databaseFlows().getFirst();
    Flow pooled = topology.databaseFlows().get(1);
    Flow within = topology.databaseFlows().getLast();
    assertThat(Databases.askTheSame(topology, published, within)).isTrue();
    assertThat(Databases.askTheSame(topology, published, pooled)).isFalse();
  }
}
