package dev.earshot.check.lemmy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "0.19.3, 0.19.3, 0.19.3, pass",
    "0.19.3, 0.19.3-jemalloc, '', pass",
    "0.19.3, dev, '', pass", // what runs is a release; that the tag moves is told elsewhere
    "0.19.3, 0.19.4, '', fail high",
    "0.19.3, 0.19.3, 0.19.4, fail high",
    "0.19.3-42-g0123abc, dev, '', fail high",
    "1.0.0-beta.2, 1.0.0-beta.2, '', fail high",
    "unknown version, 0.19.3, '', fail high"
  })
  void runningTagAndLabel(String running, String tag, String label, String verdict) {
    ContainerFixture container = new ContainerFixture("lemmy-1", "dessalines/lemmy:" + tag);
    fleet
        .host("app1", "10.0.0.31")
        .lemmy(running, "")
        .containers(
            label.isEmpty() ? container : container.with("version", "\"" + label + "\""),
            new ContainerFixture("ui", "dessalines/lemmy-ui:0.18.0"));

    assertThat(verdicts()).containsExactly(verdict + " app1");
  }

  @ParameterizedTest
  @CsvSource({
    "0.19.3, pass",
    "dessalines/lemmy:0.19.3, pass",
    "registry.example:5000/lemmy:0.19.3-jemalloc, pass",
    "0.19.4, fail high",
    "dessalines/lemmy:0.19.4, fail high",
    "dessalines/lemmy:nightly, pass",
    "dessalines/lemmy, pass"
  })
  void theInventorysVersionIsASource(String wanted, String verdict) {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "").wantsLemmy(wanted);

    assertThat(verdicts()).containsExactly(verdict + " app1");
    assertThat(fleet.judge(new VersionCheck()).getFirst().verdict().because())
        .contains("the inventory says " + wanted);
  }

  @Test
  void backendsOfTwoVersionsDisagree() {
    fleet.host("app1", "10.0.0.31").lemmy("0.19.3", "");
    fleet.host("app2", "10.0.0.32").lemmy("0.19.4", "");

    assertThat(verdicts()).containsExactly("pass app1", "fail high app2");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new VersionCheck()));
  }
}
