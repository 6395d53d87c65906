package dev.earshot.check.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTagCheckTest {

  private final FleetFixture fleet = new FleetFixture();

  @ParameterizedTest
  @CsvSource({
    "lemmy:0.19.3, pass",
    "lemmy:0.19.3@sha256:12, pass",
    "lemmy:fix-4711, pass",
    "lemmy:latest@sha256:12, pass",
    "lemmy@sha256:12, fail low",
    "lemmy:1.0.0-beta.2, fail medium",
    "lemmy, fail medium",
    "lemmy:latest, fail medium",
    "lemmy:dev, fail high",
    "lemmy:0.19.4-nightly, fail high"
  })
  void tagsOfWhatRuns(String image, String verdict) {
    fleet.host("app1", "10.0.0.31").containers(new ContainerFixture("web", image));

    assertThat(verdicts()).containsExactly(verdict + " app1/web");
  }

  @Test
  void aDigestWhoseLabelTellsTheVersionIsFine() {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("web", "app@sha256:12").podman().with("version", "\"1.2\""));

    assertThat(verdicts()).containsExactly("pass app1/podman web");
  }

  @Test
  void whatIsStoppedOrNoProductionIsLeftAlone() {
    fleet
        .host("app1", "10.0.0.31")
        .containers(new ContainerFixture("web", "app:dev").state("exited"));
    fleet
        .host("app2", "10.0.0.32")
        .groups("web", "Staging")
        .containers(new ContainerFixture("web", "app:dev"));

    assertThat(verdicts()).containsExactly("notApplicable app1", "notApplicable app2");
  }

  @Test
  void theRemedyNamesTheComposeFileAndTheDigest() {
    fleet
        .host("app1", "10.0.0.31")
        .containers(
            new ContainerFixture("web", "app:dev")
                .with("project", "\"p\"")
                .with("service", "\"web\"")
                .with("file", "\"/srv/p/compose.yml\""));

    assertThat(fleet.judge(new ImageTagCheck()).getFirst().remedy())
        .hasValueSatisfying(
            remedy -> assertThat(remedy.summary()).contains("(/srv/p/compose.yml, service web)"));
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ImageTagCheck()));
  }
}
