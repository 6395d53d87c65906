package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.ContainerSockets.Namespace;
import dev.earshot.fixture.FleetFixture;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerSocketsTest {

  private static final String ID = "0123456789ab" + "c".repeat(52);

  private static final String TEXT =
      """
      namespaces
      === net:[4026532301] 0::/system.slice/docker-%s.scope
      LISTEN 0 128 0.0.0.0:8536 0.0.0.0:* cubic cwnd:10
      ESTAB 0 0 172.18.0.3:40000 10.0.0.21:5432 rtt:25.3/1 minrtt:25.2 data_segs_out:7 data_segs_in:7
      ESTAB 0 0 172.18.0.3:8536 10.0.0.11:50000 rtt:0.3/1 minrtt:0.2
      ESTAB 0 0 127.0.0.1:40001 127.0.0.1:6379 rtt:0.3/1 minrtt:0.2
      === net:[4026532302] 12:pids:/docker/%s
      State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
      LISTEN 0 128 *:80 *:*
      	 cubic cwnd:10
      ESTAB 0 0 10.1.0.2:40001 10.0.0.21:5432
      	 rtt:0.3/1 minrtt:0.2
      """
          .formatted(ID, ID);

  @TempDir private Path home;

  @Test
  void whatBeginsInANamespaceIsToldFromWhatOthersAsk() {
    List<Namespace> namespaces = ContainerSockets.parse(TEXT).namespaces();

    assertThat(namespaces).hasSize(2);
    Namespace first = namespaces.getFirst();
    assertThat(first.name()).isEqualTo("net:[4026532301]");
    assertThat(first.container()).isEqualTo("0123456789ab");
    assertThat(first.clients())
        .extracting(Socket::peer)
        .containsExactly(Endpoint.of("10.0.0.21:5432"));
    assertThat(first.served())
        .extracting(Socket::peer)
        .containsExactly(Endpoint.of("10.0.0.11:50000"));
    assertThat(first.addresses()).containsExactly(new Address("172.18.0.3"));
    Namespace second = namespaces.getLast();
    assertThat(second.clients())
        .singleElement()
        .satisfies(socket -> assertThat(socket.minRtt()).contains(Duration.ofNanos(200_000)));
  }

  @Test
  void whatIsNoContainersDoesNotCount() {
    assertThat(ContainerSockets.parse(TEXT.replace(ID, "web")).namespaces()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "namespaces\nx\n",
        "namespaces\n=== a 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nx\n"
      })
  void refusesGarbage(String output) {
    assertThatThrownBy(() -> ContainerSockets.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  /// A namespace with a server and its client, on an address of its own, as a container would have
  /// one.
  @Test
  void namespacesOfThisMachine() throws Exception {
    assumeTrue(
        List.of("ss", "nsenter", "unshare", "ip", "busybox", "awk").stream()
            .allMatch(ShellRun::exists),
        "a tool for namespaces is not installed on this machine");
    assumeTrue(
        ShellRun.run(List.of("unshare", "-n", "-p", "-f", "true"), Map.of()).exitStatus() == 0,
        "namespaces can't be made here: it needs root");
    Process namespace =
        new ProcessBuilder(
                "unshare",
                "-n",
                "-p",
                "-f",
                "sh",
                "-c",
                "ip link set lo up; ip address add 10.98.76.5/32 dev lo; sleep 60 | busybox nc -l -p 15432 >/dev/null & "
                    + "sleep 60 | while ! busybox nc 10.98.76.5 15432 2>/dev/null; do sleep 0.05; done")
            .start();
    try {
      for (List<String> shell : ShellRun.shells()) {
        assertThat(sockets(shell))
            .as("%s", shell)
            .filteredOn(socket -> socket.peer().equals(Endpoint.of("10.98.76.5:15432")))
            .hasSize(1);
      }
    } finally {
      namespace.descendants().forEach(ProcessHandle::destroyForcibly);
      namespace.destroyForcibly();
    }
  }

  /// Any user may make namespaces in a user namespace, and name what runs in there.
  @ParameterizedTest
  @CsvSource({
    "true, 0::/system.slice/docker-ID.scope, true",
    "true, 12:pids:/docker/ID, true",
    "true, 0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope, true",
    "true, 0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope, false",
    "true, 0::/user.slice/docker/ID, false",
    "false, 0::/user.slice/docker/ID, true",
    "false, 0::/system.slice/a.service, false",
  })
  void aNamespaceCountsWhereRootAloneCanHaveMadeItAContainers(
      boolean ofUser, String group, boolean counts) throws Exception {
    List<String> make =
        ofUser
            ? List.of("unshare", "-U", "-r", "-n", "-p", "-f")
            : List.of("unshare", "-n", "-p", "-f");
    assumeTrue(
        ShellRun.exists("ss")
            && ShellRun.exists("nsenter")
            && ShellRun.run(Stream.concat(make.stream(), Stream.of("true")).toList(), Map.of())
                    .exitStatus()
                == 0,
        "namespaces can't be made here: it needs root");
    Process namespace =
        new ProcessBuilder(
                Stream.concat(
                        make.stream(),
                        Stream.of("sh", "-c", "readlink /proc/self/ns/net; read -r _"))
                    .toList())
            .start();
    try {
      String name =
          new BufferedReader(
                  new InputStreamReader(namespace.getInputStream(), StandardCharsets.UTF_8))
              .lines()
              .findFirst()
              .orElseThrow();
      for (List<String> shell : ShellRun.shells()) {
        assertThat(asked(shell, group.replace("ID", ID)).namespaces())
            .as("%s", shell)
            .filteredOn(one -> one.name().equals(name))
            .hasSize(counts ? 1 : 0);
      }
    } finally {
      namespace.descendants().forEach(ProcessHandle::destroyForcibly);
      namespace.destroyForcibly();
    }
  }

  @Test
  void whatIsLeftOutIsSaid() {
    FleetFixture fleet = new FleetFixture();
    fleet
        .host("app1", "10.0.0.31")
        .answers(
            ContainerSockets.PROBE,
            "1.0 1.0\nnamespaces\nleft out 3\n=== net:[4026532301] 0::/docker/%s\n".formatted(ID));

    assertThat(fleet.evidence().hosts().getFirst().containerSockets().latest().collected())
        .hasValueSatisfying(sockets -> {
          assertThat(sockets.leftOut()).isEqualTo(3);
          assertThat(sockets.namespaces()).hasSize(1);
        });
    assertThat(fleet.evidence().troubles())
        .filteredOn(trouble -> trouble.probe().equals(Optional.of("containers.sockets")))
        .singleElement()
        .satisfies(trouble ->
            assertThat(trouble.reason()).startsWith("3 more network namespaces of containers"));
  }

  /// More of them than are looked into, really made.
  @Test
  void theFirstOfManyAreLookedInto() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can make namespaces");
    List<Process> made = new ArrayList<>();
    try {
      for (int number = 0; number < 22; number++) {
        made.add(new ProcessBuilder("unshare", "-n", "-p", "-f", "sleep", "60").start());
      }
      Thread.sleep(Duration.ofSeconds(1));
      for (List<String> shell : ShellRun.shells()) {
        ContainerSockets sockets = asked(shell, "0::/system.slice/docker-" + ID + ".scope");

        assertThat(sockets.namespaces()).hasSize(20);
        assertThat(sockets.leftOut()).isGreaterThanOrEqualTo(2);
      }
    } finally {
      for (Process process : made) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /// The client needs a moment to connect.
  private List<Socket> sockets(List<String> shell) throws Exception {
    List<Socket> sockets = List.of();
    for (int tries = 0; tries < 50 && sockets.isEmpty(); tries++) {
      sockets =
          asked(shell, "12:rdma:/\n1:name=systemd:/system.slice/docker-" + ID + ".scope")
              .namespaces()
              .stream()
              .flatMap(one -> one.clients().stream())
              .filter(socket -> socket.peer().port() == 15432)
              .toList();
      Thread.sleep(Duration.ofMillis(50));
    }
    return sockets;
  }

  /// What the probe says where every process is in one control group.
  private ContainerSockets asked(List<String> shell, String group) throws Exception {
    Path file = Files.writeString(home.resolve("cgroup"), group + "\n");
    List<String> command = new ArrayList<>(shell);
    command.addAll(
        List.of(
            "-c",
            ContainerSockets.PROBE
                .command()
                .replace("\"/proc/\" id \"/cgroup\"", "\"" + file + "\"")));
    CommandResult result = ShellRun.run(command, Map.of("EARSHOT_PROCESSES", "7 (dockerd) 0 0"));
    return ContainerSockets.PROBE
        .read(result)
        .collected()
        .orElseThrow(() -> new AssertionError(result.output()))
        .value();
  }
}
