package dev.earshot.check.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabasePortsCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "5432, 0.0.0.0, fail high app1/db",
    "5432, ::, fail high app1/db",
    "5432, 203.0.113.7, fail high app1/db",
    "6379, 172.32.0.1, fail high app1/db",
    "27017, 2001:db8::1, fail high app1/db",
    "5432, 127.0.0.1, pass app1/db",
    "3306, ::1, pass app1/db",
    "3306, 10.0.0.31, pass app1/db",
    "3306, 172.31.0.1, pass app1/db",
    "3306, 100.64.0.1, pass app1/db",
    "3306, fd12::1, pass app1/db",
    "8536, 0.0.0.0, pass app1"
  })
  void whereADatabaseIsPublished(int port, String address, String verdict) {
    fleet
        .host("app1", "10.0.0.31")
        .containers(new ContainerFixture("db", "postgres:16").publishes(port, address, 15_432));

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void theMessageSaysWhatIsOpenAndWhere() {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("db", "postgres:16")
                .publishes(5432, "0.0.0.0", 15_432)
                .publishes(5432, "127.0.0.1", 25_432));

    assertThat(fleet.judge(new DatabasePortsCheck()).getFirst().verdict().because())
        .isEqualTo(
            "app1: container db publishes PostgreSQL on 0.0.0.0:15432; wanted is 127.0.0.1 or an internal address");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new DatabasePortsCheck()));
  }
}
