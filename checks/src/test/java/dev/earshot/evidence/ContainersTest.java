package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.Container.Compose;
import dev.earshot.evidence.Container.PublishedPort;
import dev.earshot.fixture.FleetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersTest {

  private static final String HEAD = "clock 1795694400\nengine docker\n";

  @Test
  void readsWhatDockersClientPrints() {
    Containers containers =
        Recorded.read(Containers.PROBE, "containers-docker-28.txt").collected().orElseThrow();

    assertThat(containers.all()).hasSize(2);
    Container lemmy = containers.all().getFirst();
    assertThat(lemmy.name()).isEqualTo("lemmy-1");
    assertThat(lemmy.image().tag()).contains("0.19.3");
    assertThat(lemmy.image().shortName()).isEqualTo("lemmy");
    assertThat(lemmy.image().digest()).contains("sha256:" + "c".repeat(64));
    assertThat(lemmy.image().built()).contains(Instant.parse("2024-01-22T10:00:00Z"));
    assertThat(lemmy.version()).contains("0.19.3");
    assertThat(lemmy.run().health()).contains("healthy");
    assertThat(lemmy.ports())
        .containsExactly(new PublishedPort(10_002, "tcp", Endpoint.of("127.0.0.1:10002")));
    assertThat(lemmy.networks()).containsExactly("lemmy_default");
    assertThat(lemmy.compose())
        .contains(new Compose("lemmy", "lemmy", "/srv/lemmy/docker-compose.yml"));
    assertThat(lemmy.limits().memory()).contains(Bytes.ofKiB(700 * 1024));
    assertThat(lemmy.limits().cpus()).contains(1.5);

    Container database = containers.all().getLast();
    assertThat(database.name()).isEqualTo("odd\nend\u2028");
    assertThat(database.image().tag()).isEmpty();
    assertThat(database.image().digest()).isEmpty();
    assertThat(database.run().isUp()).isTrue();
    assertThat(database.run().restarts()).isEqualTo(7);
    assertThat(database.run().oomKilled()).isTrue();
    assertThat(database.run().health()).isEmpty();
    assertThat(database.ports())
        .extracting(PublishedPort::at)
        .containsExactly(Endpoint.of("0.0.0.0:5432"), Endpoint.of(":::5432"));
    assertThat(database.limits().memory()).isEmpty();
  }

  @Test
  void readsWhatPodmanPrints() {
    Containers containers =
        Recorded.read(Containers.PROBE, "containers-podman-4.txt").collected().orElseThrow();

    assertThat(containers.all())
        .extracting(Container::name)
        .containsExactly("lemmy.db", "matrix-db");
    Container published = containers.all().getFirst();
    assertThat(published.engine()).isEqualTo("podman");
    assertThat(published.run().isUp()).isTrue();
    assertThat(published.run().health()).isEmpty();
    assertThat(published.image().tag()).contains("15");
    assertThat(published.ports())
        .containsExactly(new PublishedPort(5432, "tcp", Endpoint.of("0.0.0.0:5433")));
    assertThat(published.networks()).containsExactly("podman");
    assertThat(containers.all().getLast().ports()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'shm-size 67108864\nipc \"private\"', OWN",
    "'shm-size 67108864\nipc \"\"', OWN",
    "'shm-size 67108864\nipc \"host\"', HOST",
    "'shm-size 67108864\nipc \"container:0123\"', OTHER",
    "'shm-size 67108864\nipc \"private\"\nshm-mounted true', OTHER"
  })
  void whoseSharedMemoryItIs(String lines, Container.SharedMemory.Whose whose) {
    Containers containers =
        Containers.parse(HEAD + "name \"a\"\nimage \"a:1\"\n%s\nend\n".formatted(lines));

    assertThat(containers.all().getFirst().sharedMemory())
        .contains(new Container.SharedMemory(whose, Bytes.ofKiB(64 * 1024)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"restarts 0", "shm-size null", "shm-size 0"})
  void itsSharedMemoryMayNotBeKnown(String line) {
    Containers containers =
        Containers.parse(HEAD + "name \"a\"\nimage \"a:1\"\n%s\nend\n".formatted(line));

    assertThat(containers.all().getFirst().sharedMemory()).isEmpty();
  }

  @Test
  void aNameCannotForgeALine() {
    String name = "x\\nend\\nname \\\"y\\\"";

    Containers containers =
        Containers.parse(HEAD + "name \"%s\"\nimage \"a:1\"\nend\n".formatted(name));

    assertThat(containers.all())
        .singleElement()
        .satisfies(container -> assertThat(container.name()).isEqualTo("x\nend\nname \"y\""));
  }

  @Test
  void aContainerThatIsCutOffIsLeftOut() {
    Containers containers =
        Containers.parse(HEAD + "name \"a\"\nimage \"a:1\"\nend\nname \"b\"\nimage \"b");

    assertThat(containers.all()).extracting(Container::name).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "clock 1\n",
        "engine docker\n",
        "clock soon\nengine docker\n",
        HEAD + "image \"a\"\nend\n",
        HEAD + "name \"a\"\nrestarts -1\nend\n",
        HEAD + "name \"a\"\nport \"x/tcp\" [{\"HostIp\":\"\",\"HostPort\":\"1\"}]\nend\n",
        HEAD + "name \"a\"\nport \"1/tcp\" [{\"HostIp\":\"$(id)\",\"HostPort\":\"1\"}]\nend\n"
      })
  void refusesWhatNoEnginePrints(String output) {
    assertThatThrownBy(() -> Containers.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void asksNothingWhereNoEngineRuns() throws Exception {
    for (var shell : ShellRun.shells()) {
      var command = new java.util.ArrayList<>(shell);
      command.addAll(java.util.List.of("-c", Containers.PROBE.command()));
      assertThat(
              ShellRun.run(
                      command, Map.of("EARSHOT_PROCESSES", "9.5 9.5\n1 (init) 0 0\n7 (sshd) 0 0"))
                  .exitStatus())
          .isEqualTo(CommandResult.ABSENT);
    }
  }

  /// Another user's store would be made where there is none, and its containers are nobody else's
  /// to see.
  @Test
  void anotherUsersPodmanIsNotAskedButTold() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    try (NamedProcess one = NamedProcess.start("conmon", 65_534);
        NamedProcess two = NamedProcess.start("conmon", 65_533)) {
      String first = "1 (init) 0 0\n%d (conmon) 0 0".formatted(one.pid());
      String second = "\n%d (conmon) 0 0".formatted(two.pid());
      for (List<String> shell : ShellRun.shells()) {
        CommandResult ofOne = asked(shell, first, System.getenv("PATH"));
        CommandResult ofTwo = asked(shell, first + second, System.getenv("PATH"));

        assertThat(ofOne.exitStatus()).isEqualTo(CommandResult.COULD_NOT_LOOK);
        assertThat(ofOne.output()).contains("containers of the user 65534").contains("audit as");
        assertThat(ofTwo.exitStatus()).isEqualTo(CommandResult.COULD_NOT_LOOK);
        assertThat(ofTwo.output()).contains("containers of several users (65533 65534)");
      }
    }
  }

  /// Any user may call a process `conmon`, and forge a line of the list with a line break in a
  /// name.
  @Test
  void whatCouldNotBeListedHidesNothingThatCould(@TempDir Path bin) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    program(bin.resolve("docker"), "exit 0");
    program(bin.resolve("podman"), "exit 1");
    String path = bin + ":" + System.getenv("PATH");
    try (NamedProcess other = NamedProcess.start("conmon", 65_534);
        NamedProcess own = NamedProcess.start("conmon");
        NamedProcess forged = NamedProcess.start("x\n1 (conmon")) {
      String processes = "1 (init) 0 0\n7 (dockerd) 0 0\n%d (conmon) 0 0";
      for (List<String> shell : ShellRun.shells()) {
        assertThat(leftOut(asked(shell, processes.formatted(other.pid()), path)))
            .hasValueSatisfying(why -> assertThat(why).contains("of the user 65534"));
        assertThat(leftOut(asked(shell, processes.formatted(own.pid()), path)))
            .hasValueSatisfying(why -> assertThat(why).startsWith("podman did not answer"));
        assertThat(leftOut(asked(shell, processes.formatted(forged.pid()), path))).isEmpty();
        assertThat(leftOut(asked(shell, processes.formatted(1), path))).isEmpty();
      }
    }
  }

  @Test
  void whatCouldNotBeListedIsATrouble() {
    FleetFixture fleet = new FleetFixture();
    fleet.host("app1", "10.0.0.31").answers(Containers.PROBE, HEAD + "left-out podman did not\n");

    assertThat(fleet.evidence().troubles())
        .filteredOn(trouble -> trouble.probe().equals(Optional.of("containers.list")))
        .extracting(Trouble::reason)
        .containsExactly("podman did not");
  }

  private static Optional<String> leftOut(CommandResult result) {
    Containers containers =
        Containers.PROBE
            .read(result)
            .collected()
            .orElseThrow(() -> new AssertionError(result.output()));
    assertThat(containers.engines()).containsExactly("docker");
    return containers.leftOut();
  }

  private static CommandResult asked(List<String> shell, String processes, String path)
      throws Exception {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of("-c", Containers.PROBE.command()));
    return ShellRun.run(command, Map.of("EARSHOT_PROCESSES", processes, "PATH", path));
  }

  private static void program(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "dessalines/lemmy:0.19.3, RELEASE",
    "postgres:16-alpine, RELEASE",
    "registry:5000/a/b:v2, RELEASE",
    "dessalines/lemmy:0.19.19-jemalloc, RELEASE",
    "dessalines/lemmy:1.0.0-beta.2, PRERELEASE",
    "dessalines/lemmy:0.19.4-rc1, PRERELEASE",
    "dessalines/lemmy:1.0.0-test-arm-2, DEVELOPMENT",
    "dessalines/lemmy:dev, DEVELOPMENT",
    "dessalines/lemmy:nightly, DEVELOPMENT",
    "app:0.19.4-dev, DEVELOPMENT",
    "app:main, DEVELOPMENT",
    "app:latest, FLOATING",
    "app, FLOATING",
    "registry:5000/app, FLOATING",
    "nginx:alpine, FLOATING",
    "lemmy:fix-4711, CUSTOM",
    "minio:RELEASE.2024-01-01T00-00-00Z, CUSTOM",
    "app@sha256:1234, DIGEST",
    "sha256:1234, DIGEST",
    "0123456789ab, DIGEST",
    "app:1.2@sha256:1234, RELEASE"
  })
  void tagsPromise(String reference, ContainerImage.Promise promise) {
    assertThat(new ContainerImage(reference, Optional.empty(), Optional.empty()).promise())
        .isEqualTo(promise);
  }
}
