package dev.earshot.check.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.Listener;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitCheckTest {

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("app1", "10.0.0.31");

  @Test
  void withoutADatabaseItDoesNotMatter() {
    host.containers(unlimited("web", "app:1"));

    assertThat(verdicts()).containsExactly("notApplicable app1");
  }

  @Test
  void besideADatabaseInAContainer() {
    host.containers(
        unlimited("db", "docker.io/pgautoupgrade/pgautoupgrade:16-alpine"),
        unlimited("web", "app:1"),
        new ContainerFixture("ui", "ui:1"));

    assertThat(verdicts()).containsExactly("fail low app1");
    assertThat(fleet.judge(new MemoryLimitCheck()).getFirst().verdict().because())
        .isEqualTo("app1: 1 of 2 containers beside container db have no memory limit: web");
  }

  @Test
  void besideADatabaseOfTheHost() {
    host.listens(5432, "postgres").containers(unlimited("web", "app:1"));

    assertThat(verdicts()).containsExactly("fail low app1");
  }

  @Test
  void limitedOnesPass() {
    host.listens(5432, "postgres").containers(new ContainerFixture("web", "app:1"));

    assertThat(verdicts()).containsExactly("pass app1");
  }

  @Test
  void whereNobodySawWhatListensItIsUnknown() {
    host.containers(unlimited("web", "app:1")).doesNotTell(Listener.PROBE, "denied");

    assertThat(verdicts()).containsExactly("unknown app1");
  }

  private static ContainerFixture unlimited(String name, String image) {
    return new ContainerFixture(name, image).with("memory", "0");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new MemoryLimitCheck()));
  }
}
