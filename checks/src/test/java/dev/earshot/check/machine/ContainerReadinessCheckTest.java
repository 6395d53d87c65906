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
    "'id ubuntu\nlike debian', '', fail medium", // no Python
    "'id ubuntu\nlike debian', python3, fail medium",
    "'id linuxmint\nlike ubuntu debian', python3, fail medium",
    "'id rocky\nlike rhel centos fedora', '', fail low", // no plugin
    "'id rocky\nlike rhel centos fedora', python3, fail low",
    "'', python3, fail low"
  })
  void whatIsMissing(String system, String python, String verdict) {
    host.answers(
        ContainerReadiness.PROBE, "readiness other\n%s\ndocker\n%s\n".formatted(system, python));

    assertThat(verdicts()).containsExactly(verdict + " a");
  }

  @Test
  void pythonsPackagesAreJudgedOnlyWhereTheyAreDebians() {
    host.answers(
        ContainerReadiness.PROBE,
        "readiness other\nid rocky\nlike rhel centos fedora\ndocker\npython3\nbreaking /etc/pip.conf\n"
            + PLUGIN);

    assertThat(verdicts()).containsExactly("notApplicable a");
    assertThat(fleet.judge(new ContainerReadinessCheck()).getFirst().verdict().because())
        .isEqualTo(
            "a: Compose is a plugin, /usr/libexec/docker/cli-plugins/docker-compose; Python's packages are judged only where they are Debian's, and this is rocky");
  }

  @Test
  void anotherPythonHasPackagesOfItsOwn() {
    host.ownPython().answers(ContainerReadiness.PROBE, "readiness 12\ndocker\n" + PLUGIN);

    assertThat(verdicts()).containsExactly("notApplicable a");
    assertThat(fleet.judge(new ContainerReadinessCheck()).getFirst().verdict().because())
        .contains("Debian 12 keeps pip away", "ansible_python_interpreter");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 'id debian\ncodename bookworm', linux/debian, bookworm",
    "13, 'id debian\ncodename trixie', linux/debian, trixie",
    "13, '', linux/debian, trixie",
    "other, 'id ubuntu\nlike debian\ncodename noble', linux/ubuntu, noble"
  })
  void dockersPackagesAreThoseOfTheSystem(
      String head, String system, String repository, String suite) {
    host.answers(
        ContainerReadiness.PROBE,
        "readiness %s\n%s\ndocker\npython3\n".formatted(head, system) + REQUESTS);

    assertThat(playbook())
        .contains(
            "url: https://download.docker.com/%s/gpg\n".formatted(repository),
            "URIs: https://download.docker.com/%s\n          Suites: %s\n"
                .formatted(repository, suite));
  }

  @ParameterizedTest
  @CsvSource({
    "'id linuxmint\nlike ubuntu debian\ncodename wilma'",
    "'id rocky\nlike rhel'",
    "'id ubuntu\nlike debian\ncodename {{x}}'",
    "''"
  })
  void noPlayIsBetterThanAnothersPackages(String system) {
    host.answers(
        ContainerReadiness.PROBE,
        "readiness other\n%s\ndocker\npython3\n".formatted(system) + REQUESTS);

    assertThat(verdicts()).containsExactly("fail low a");
    assertThat(playbook()).isEmpty();
  }

  @Test
  void thePipOfAnyFileIsMended() {
    host.answers(ContainerReadiness.PROBE, READY + "breaking /root/.config/pip/{{x}}.conf\n");

    assertThat(playbook())
        .contains(
            "path: !unsafe \"/root/.config/pip/{{x}}.conf\"\n        regexp: ^\\s*break.system.packages\n");
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

  @Test
  void podmansContainersNeedNoDocker() {
    host.answers(ContainerReadiness.PROBE, "readiness 12\npython3\npodman yes\n");
    fleet
        .host("b", "10.0.0.2")
        .groups("all", "backends")
        .containers(new ContainerFixture("x", "x:1").podman());

    assertThat(verdicts()).containsExactly("notApplicable fleet");
  }

  private String playbook() {
    return fleet.judge(new ContainerReadinessCheck()).getFirst().remedy().orElseThrow().playbook();
  }

  private List<String> verdicts() {
    return Verdicts.of(fleet.judge(new ContainerReadinessCheck()));
  }
}
