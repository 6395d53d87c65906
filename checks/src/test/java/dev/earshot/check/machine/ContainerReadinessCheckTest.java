package dev.earshot.check.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.evidence.ContainerReadiness;
import dev.earshot.fixture.ContainerFixture;
import dev.earshot.fixture.FleetFixture;
import dev.earshot.fixture.HostFixture;
import dev.earshot.fixture.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerReadinessCheckTest {

  private static final String PLUGIN = "plugin /usr/libexec/docker/cli-plugins/docker-compose\n";
  private static final String REQUESTS =
      "python /usr/lib/python3/dist-packages/requests-2.28.1.egg-info\n";
  private static final String READY = "readiness 12\ndocker\npython3\n" + PLUGIN + REQUESTS;

  private final FleetFixture fleet = new FleetFixture();
  private final HostFixture host = fleet.host("a", "10.0.0.1").groups("all", "backends");

  @ParameterizedTest
  @CsvSource({
    "'', pass",
    "standalone /usr/local/bin/docker-compose, fail low",
    "'standalone /usr/bin/docker-compose\npython /usr/lib/python3/dist-packages/docker_compose-1.29.2.egg-info', fail medium",
    "python /usr/local/lib/python3.11/dist-packages/docker_compose-1.29.2.dist-info, fail medium",
    "python /usr/local/lib/python3.11/dist-packages/PyYAML-5.3.1.dist-info, fail low",
    "python /usr/local/lib/python3.11/dist-packages/PyYAML-6.0.1.dist-info, pass",
    "python /usr/lib/python3/dist-packages/PyYAML-5.3.1.egg-info, pass",
    "python /usr/lib/python3/dist-packages/docker-5.0.3.egg-info, pass",
    "'python /usr/lib/python3/dist-packages/docker-5.0.3.egg-info\npython /usr/local/lib/python3.11/dist-packages/requests-2.32.3.dist-info', fail medium",
    "'python /usr/local/lib/python3.11/dist-packages/docker-7.1.0.dist-info\npython /usr/local/lib/python3.11/dist-packages/requests-2.32.3.dist-info', pass",
    "unmanaged /usr/lib/python3.11, fail medium",
    "breaking /etc/pip.conf, fail medium"
  })
  void whatStandsInTheWay(String line, String verdict) {
    host.answers(ContainerReadiness.PROBE, READY + line + "\n");

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @ParameterizedTest
  @CsvSource({
    "docker, fail medium", // no Python
    "'docker\npython3', fail medium"
  })
  void whatIsMissing(String lines, String verdict) {
    host.answers(ContainerReadiness.PROBE, "readiness other\n" + lines + "\n");

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @Test
  void everyTroubleIsALineAndHasItsTask() {
    host.answers(
        ContainerReadiness.PROBE, "readiness 12\ndocker\npython3\nunmanaged /usr/lib/python3.11\n");

    var finding = fleet.judge(new ContainerReadinessCheck()).getFirst();
    assertThat(finding.verdict().because())
        .contains("docker_compose_v2", "requests", "/usr/lib/python3.11/EXTERNALLY-MANAGED");
    assertThat(finding.remedy().orElseThrow().playbook())
        .contains(
            "\n    - name: Know Docker's own packages\n      ansible.builtin.copy:\n        dest: /etc/apt/sources.list.d/docker.sources\n",
            "name: [docker-compose-plugin]",
            "name: [python3-requests]",
            "--reinstall, libpython3.11-stdlib]");
  }

  @Test
  void aHostThatWillTakeItsPeersContainersIsNotReady() {
    host.answers(ContainerReadiness.PROBE, "readiness 12\npython3\n" + REQUESTS);
    fleet
        .host("b", "10.0.0.2")
        .groups("all", "databases")
        .containers(new ContainerFixture("x", "x:1"));

    assertThat(verdicts()).containsExactly("notApplicable fleet");

    fleet.host("b").groups("backends");
    assertThat(verdicts()).containsExactly("fail low a");
    assertThat(fleet.judge(new ContainerReadinessCheck()).getFirst().verdict().because())
        .isEqualTo("a: there is no Docker, while b of group backends runs containers");
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ContainerReadinessCheck()));
  }
}
