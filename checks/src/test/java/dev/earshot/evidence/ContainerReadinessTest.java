package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.ContainerReadiness.PythonPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerReadinessTest {

  /// Debian 12 with Docker's client, without Compose.
  @Test
  void whatDebianTwelveShows() {
    ContainerReadiness readiness =
        Recorded.read(ContainerReadiness.PROBE, "readiness-debian-12.txt")
            .collected()
            .orElseThrow();

    assertThat(readiness.debian()).contains(12);
    assertThat(readiness.python()).isTrue();
    assertThat(readiness.installed("requests"))
        .contains(new PythonPackage("requests", "2.28.1", false));
    assertThat(readiness.docker()).isTrue();
    assertThat(readiness.plugins()).isEmpty();
    assertThat(readiness.unmanaged()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/python3/dist-packages/docker_compose-1.29.2.egg-info, docker-compose, 1.29.2, false",
    "/usr/lib/python3/dist-packages/docker-5.0.3-py3.11.egg-info, docker, 5.0.3, false",
    "/usr/local/lib/python3.11/dist-packages/PyYAML-5.3.1.dist-info, pyyaml, 5.3.1, true",
    "/root/.local/lib/python3.11/site-packages/requests-2.32.3.dist-info, requests, 2.32.3, true"
  })
  void packagesByTheirMetadata(String path, String name, String version, boolean byPip) {
    assertThat(ContainerReadiness.parse("readiness other\npython " + path + "\n").packages())
        .containsExactly(new PythonPackage(name, version, byPip));
  }

  @Test
  void pipsComesFirst() {
    ContainerReadiness readiness =
        ContainerReadiness.parse(
            """
            readiness 12
            python /usr/lib/python3/dist-packages/requests-2.28.1.egg-info
            python /usr/local/lib/python3.11/dist-packages/requests-2.32.3.dist-info
            python /nonsense
            """);

    assertThat(readiness.installed("requests").map(PythonPackage::version)).contains("2.32.3");
    assertThat(readiness.installed("docker")).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "'id ubuntu\nlike debian\ncodename noble', ubuntu, true, noble",
    "'id linuxmint\nlike ubuntu debian\ncodename wilma', linuxmint, true, wilma",
    "'id rocky\nlike rhel centos fedora\ncodename', rocky, false, ''",
    "'id opensuse-leap\nlike suse opensuse', opensuse-leap, false, ''",
    "'id debian\ncodename two words', debian, true, ''",
    "'id notdebian\nlike debianish', notdebian, false, ''"
  })
  void whatSystemItIs(String lines, String id, boolean ofDebian, String codename) {
    assertThat(ContainerReadiness.parse("readiness other\n" + lines + "\n").system())
        .contains(
            new ContainerReadiness.Distribution(
                id, ofDebian, Optional.of(codename).filter(name -> !name.isEmpty())));
  }

  @ParameterizedTest
  @CsvSource({"podman yes, true", "podman no, false", "docker,"})
  void podmanNeedsNoDaemon(String line, @Nullable Boolean podman) {
    assertThat(ContainerReadiness.parse("readiness other\n" + line + "\n").podman())
        .isEqualTo(Optional.ofNullable(podman));
  }

  @Test
  void aSystemWithoutANameIsNotKnown() {
    assertThat(ContainerReadiness.parse("readiness other\nid \nlike debian\n").system()).isEmpty();
    assertThat(ContainerReadiness.parse("readiness other\nid {{x}}\n").system()).isEmpty();
  }

  /// Those of Ubuntu and Rocky, as they are.
  @ParameterizedTest
  @CsvSource({
    "'ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble', ubuntu, true, noble",
    "'ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"', rocky, false, ''",
    "'ID=debian\nVERSION_ID=\"13\"\nVERSION_CODENAME=trixie', debian, true, trixie"
  })
  void theReleaseFileOfEachSystem(
      String release, String id, boolean ofDebian, String codename, @TempDir Path folder)
      throws Exception {
    assumeTrue(
        ShellRun.exists("unshare")
            && ShellRun.run(List.of("unshare", "-m", "true"), Map.of()).exitStatus() == 0,
        "making namespaces needs root");
    Path file = Files.writeString(folder.resolve("os-release"), release + "\n");
    for (var shell : ShellRun.shells()) {
      var command =
          new java.util.ArrayList<>(
              List.of(
                  "unshare",
                  "-m",
                  "sh",
                  "-c",
                  """
                  mount --bind "$1" "$(readlink -f /etc/os-release)" || exit 99
                  mount -t tmpfs none /usr/local/sbin && : >/usr/local/sbin/docker && chmod 755 /usr/local/sbin/docker || exit 99
                  shift
                  exec "$@"
                  """,
                  "sh",
                  file.toString()));
      command.addAll(shell);
      command.addAll(List.of("-c", ContainerReadiness.PROBE.command()));
      CommandResult result = ShellRun.run(command, Map.of());

      assertThat(
              ContainerReadiness.PROBE.read(result).collected().flatMap(ContainerReadiness::system))
          .as(shell + ": " + result.output())
          .contains(
              new ContainerReadiness.Distribution(
                  id, ofDebian, Optional.of(codename).filter(name -> !name.isEmpty())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "readiness", "readiness 1234", "docker\nreadiness 12"})
  void refusesGarbage(String output) {
    assertThatThrownBy(() -> ContainerReadiness.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  /// dash's `echo` takes a backslash for more than it is.
  @Test
  void aPathIsToldAsItIs(@TempDir Path folder) throws Exception {
    Path home = folder.resolve("a\\nplugin b");
    Path plugin =
        Files.createDirectories(home.resolve(".docker/cli-plugins")).resolve("docker-compose");
    Files.writeString(plugin, "");
    assertThat(plugin.toFile().setExecutable(true)).isTrue();

    for (var shell : ShellRun.shells()) {
      var command = new java.util.ArrayList<>(shell);
      command.addAll(List.of("-c", ContainerReadiness.PROBE.command()));
      CommandResult result = ShellRun.run(command, Map.of("HOME", home.toString()));

      assumeTrue(result.exitStatus() == 0, "neither Docker nor Debian 12 is here");
      assertThat(result.output().lines()).contains("plugin " + plugin).doesNotContain("plugin b");
    }
  }

  /// The login user's own files are read in the shell that asks everything else afterwards.
  @Test
  void aPipeWithPipsNameIsNotWaitedFor(@TempDir Path home) throws Exception {
    Path folder = Files.createDirectories(home.resolve(".config/pip"));
    ShellRun.run(List.of("mkfifo", folder.resolve("pip.conf").toString()), Map.of());

    CommandResult result =
        ShellRun.run(
            List.of("timeout", "5", "sh", "-c", ContainerReadiness.PROBE.command()),
            Map.of("HOME", home.toString()));

    assertThat(result.exitStatus()).isIn(0, CommandResult.ABSENT);
  }
}
