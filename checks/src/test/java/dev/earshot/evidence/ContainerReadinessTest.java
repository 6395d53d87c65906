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
