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
  void aBuildOfThisHostIsCalledSo() {
    fleet.host("app1", "10.0.0.31").containers(new ContainerFixture("web", "lemmy:fix-4711"));
    fleet
        .host("app2", "10.0.0.32")
        .containers(new ContainerFixture("web", "lemmy:fix-4711").digest('a'));

    assertThat(fleet.judge(new ImageTagCheck()))
        .extracting(finding -> finding.verdict().because().contains("was built on this host"))
        .containsExactly(true, false);
  }

  /// Of two hosts, with the groups of the second, under the same name.
  @ParameterizedTest
  @CsvSource({
    "app:1.2, a, b, backends, fail medium, fail medium",
    "app:fix-4711, a, b, backends, fail medium, fail medium",
    "app:dev, a, b, backends, fail high, fail high",
    "app:1.2, a, a, backends, pass, pass",
    "app:1.2, a, b, databases, pass, pass", // whose work is another
    "app:1.2, a, b, backends staging, pass, notApplicable"
  })
  void oneNameIsOneImage(
      String image, char first, char second, String groups, String one, String other) {
    fleet
        .host("app1", "10.0.0.31")
        .groups("backends")
        .containers(new ContainerFixture("web", image).digest(first).built("2024-01-20T10:00:00Z"));
    fleet
        .host("app2", "10.0.0.32")
        .groups(groups.split(" ", -1))
        .containers(
            new ContainerFixture("web", image)
                .digest(second)
                .built("2024-01-2%d".formatted(second - 'a') + "T10:00:00Z"));

    assertThat(verdicts())
        .containsExactly(
            one + " app1/web", other + (other.equals("notApplicable") ? " app2" : " app2/web"));
  }

  /// As after a registry's index got a further architecture.
  @Test
  void oneBuildMayHaveTwoDigests() {
    for (String host : List.of("app1", "app2")) {
      fleet
          .host(host, host.equals("app1") ? "10.0.0.31" : "10.0.0.32")
          .groups("backends")
          .containers(
              new ContainerFixture("web", "app:1.2").digest(host.equals("app1") ? 'a' : 'b'));
    }

    assertThat(verdicts()).containsExactly("pass app1/web", "pass app2/web");
  }

  @Test
  void bothDigestsAreTold() {
    fleet
        .host("app1", "10.0.0.31")
        .groups("backends")
        .containers(new ContainerFixture("web", "app:1.2").digest('a'));
    fleet
        .host("app2", "10.0.0.32")
        .groups("backends")
        .containers(
            new ContainerFixture("web", "app:1.2").digest('b').built("2024-02-22T10:00:00Z"));

    assertThat(fleet.judge(new ImageTagCheck()).getFirst().verdict().because())
        .isEqualTo(
            "app1: container web runs app:1.2, sha256:aaaaaaaaaaaa here and sha256:bbbbbbbbbbbb on app2 under the same name: not the same version");
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
