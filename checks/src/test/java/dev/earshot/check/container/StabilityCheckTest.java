package dev.earshot.check.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fixture's hosts are asked at noon.
class StabilityCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "running, 0, 11:00:00, 0, pass app1",
    "running, 7, 11:00:00, 1, pass app1", // it has settled since
    "running, 2, 11:59:50, 1, pass app1",
    "running, 3, 11:50:00, 1, pass app1",
    "running, 3, 11:50:01, 1, fail high app1/web",
    "running, 3, 12:00:07, 1, fail high app1/web", // by another clock
    "restarting, 1, 11:59:00, 1, fail high app1/web",
    "dead, 0, 11:00:00, 0, fail high app1/web",
    "exited, 0, 11:00:00, 0, pass app1",
    "exited, 0, 11:00:00, 137, pass app1",
    "exited, 0, 11:00:00, 101, fail medium app1/web",
    "created, 0, 11:00:00, 0, pass app1"
  })
  void restartsAndEnds(String state, int restarts, String started, int exit, String verdict) {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("web", "app:1")
                .state(state)
                .with("restarts", String.valueOf(restarts))
                .with("started", "\"2026-11-26T%sZ\"".formatted(started))
                .with("exit-code", String.valueOf(exit)));

    assertThat(verdicts()).containsExactly(verdict);
  }

  @Test
  void aOneOffMayFail() {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("job", "app:1")
                .state("exited")
                .with("exit-code", "1")
                .with("restart-policy", "\"no\""));

    assertThat(verdicts()).containsExactly("pass app1");
  }

  @ParameterizedTest
  @CsvSource({
    "health, \"unhealthy\", fail high app1/web",
    "health, \"starting\", pass app1",
    "oom-killed, true, fail high app1/web"
  })
  void healthAndMemory(String key, String value, String verdict) {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("web", "app:1")
                .with(key, key.equals("health") ? "\"" + value.replace("\"", "") + "\"" : value));

    assertThat(verdicts()).containsExactly(verdict);
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new StabilityCheck()));
  }
}
