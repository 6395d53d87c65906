package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The probes' own programs, in every shell that this machine has.
class ProbeCommandTest {

  @TempDir private Path home;

  static Stream<Arguments> probesInShells() {
    return ProbeTest.commands()
        .flatMap(probe ->
            ShellRun.shells().stream().map(shell -> Arguments.of(probe.id(), probe, shell)));
  }

  static Stream<Arguments> guardedProbesInShells() {
    return probesInShells()
        .filter(
            arguments -> arguments.get()[1] instanceof Probe<?> probe && !probe.guard().isEmpty());
  }

  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("probesInShells")
  void isValidSyntax(String id, Probe<?> probe, List<String> shell) throws Exception {
    CommandResult result = ShellRun.run(with(shell, "-n", "-c", probe.command()), Map.of());

    assertThat(result).isEqualTo(CommandResult.of(""));
  }

  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("probesInShells")
  void answersAndWritesNothing(String id, Probe<?> probe, List<String> shell) throws Exception {
    CommandResult result =
        ShellRun.run(
            with(shell, "-c", probe.command()),
            Map.of(
                "HOME", home.toString(),
                "TMPDIR", home.toString(),
                "EARSHOT_PEERS", "127.0.0.1 me\n127.0.0.2 my other self"));

    assertThat(result.exitStatus())
        .as(result.output())
        .isIn(0, CommandResult.ABSENT, CommandResult.COULD_NOT_LOOK);
    if (result.exitStatus() == 0) {
      assertThat(probe.read(result)).as(result.output()).isInstanceOf(Evidence.Collected.class);
    }
    try (var files = Files.list(home)) {
      assertThat(files).isEmpty();
    }
  }

  /// A host with nothing but BusyBox: whatever is missing there is said in a sentence.
  @ParameterizedTest
  @MethodSource("dev.earshot.evidence.ProbeTest#commands")
  void worksOrSaysWhyNotWhereThereIsOnlyBusyBox(Probe<?> probe) throws Exception {
    CommandResult result = inBusyBox(probe, "127.0.0.1 me");

    assertThat(result.exitStatus())
        .as(result.output())
        .isIn(0, CommandResult.ABSENT, CommandResult.COULD_NOT_LOOK);
    if (probe.read(result) instanceof Evidence.Uncollected<?>(String reason)) {
      assertThat(reason)
          .containsAnyOf("install", "says", "there is no socket of it", "add \"stats socket")
          .doesNotContain("not found");
    }
  }

  @Test
  void busyBoxPingsToo() throws Exception {
    List<Ping> pings = Ping.parse(inBusyBox(Ping.PROBE, "127.0.0.1 me").output());

    assertThat(pings)
        .singleElement()
        .satisfies(ping -> {
          assertThat(ping.peer()).isEqualTo(new HostName("me"));
          assertThat(ping.rtts()).hasSizeGreaterThanOrEqualTo(3);
        });
  }

  /// The guard is run first, on its own: what it says must be what the whole command would say, of
  /// the same processes.
  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("guardedProbesInShells")
  void asksOnlyWhereTheGuardLetsIt(String id, Probe<?> probe, List<String> shell) throws Exception {
    String alone = "guard() {\n%s}\nguard".formatted(probe.guard());
    for (String name : List.of("sh", "haproxy", "postgres", "dockerd", "nginx", "lemmy_server")) {
      Map<String, String> list = listing("1 (init) 0 0", "77 (%s) 0 0".formatted(name));
      int guard = ShellRun.run(with(shell, "-c", alone), list).exitStatus();

      assertThat(guard).isIn(0, CommandResult.ABSENT, CommandResult.COULD_NOT_LOOK);
      if (guard != 0) {
        int whole = ShellRun.run(with(shell, "-c", probe.command()), list).exitStatus();
        assertThat(whole).as("%s runs", name).isEqualTo(guard);
      }
    }
  }

  static Stream<Arguments> probesThatAskWhatRuns() {
    return guardedProbesInShells()
        .filter(arguments ->
            arguments.get()[1] instanceof Probe<?> probe
                && probe.guard().contains("EARSHOT_PROCESSES"));
  }

  /// Where the host hides what runs, nothing that may run is absent.
  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("probesThatAskWhatRuns")
  void whatIsHiddenIsNotAbsent(String id, Probe<?> probe, List<String> shell) throws Exception {
    String guard = "guard() {\n%s}\nguard".formatted(probe.guard());
    int all =
        ShellRun.run(with(shell, "-c", guard), listing("1 (init) 0 0", "77 (sh) 0 0")).exitStatus();
    assumeTrue(all == CommandResult.ABSENT, "what it looks for is on this machine");

    for (String list : List.of("77 (sh) 0 0", "11 (sh) 0 0", "")) {
      CommandResult hidden = ShellRun.run(with(shell, "-c", guard), listing(list));

      assertThat(hidden.exitStatus()).isEqualTo(CommandResult.COULD_NOT_LOOK);
      assertThat(hidden.output()).contains("hidden from the login user");
    }
  }

  private static Map<String, String> listing(String... processes) {
    return Map.of("EARSHOT_PROCESSES", "9.5 9.5\n" + String.join("\n", processes));
  }

  static Stream<Arguments> unwatchedProbesInShells() {
    return probesInShells()
        .filter(
            arguments -> arguments.get()[1] instanceof Probe<?> probe && probe.deadline().isZero());
  }

  /// It runs in the shell that asks everything else afterwards.
  @ParameterizedTest(name = "{0} in {2}")
  @MethodSource("unwatchedProbesInShells")
  void leavesTheShellAsItIs(String id, Probe<?> probe, List<String> shell) throws Exception {
    String program =
        """
        cd /
        set -- kept
        PATH=$0
        %s
        echo "$1 $- $PWD $*"
        """;
    for (String path : List.of(System.getenv("PATH"), "/nowhere")) {
      String last =
          Text.lastLine(
              ShellRun.run(with(shell, "-c", program.formatted(probe.command()), path), Map.of())
                  .output());
      String untouched =
          Text.lastLine(
              ShellRun.run(with(shell, "-c", program.formatted(":"), path), Map.of()).output());

      assertThat(last).isEqualTo(untouched);
    }
  }

  static Stream<Arguments> logins() {
    return Stream.of(
        Arguments.of("127.0.0.1 1 127.0.0.2 PORT", 0),
        Arguments.of("127.0.0.3 1 127.0.0.2 PORT", 2),
        Arguments.of("127.0.0.1 1 127.0.0.2 1PORT", 2),
        Arguments.of("::1 1 ::1 PORT", 2),
        Arguments.of("fe80::1%eth0 1 fe80::2%eth0 PORT", 2),
        Arguments.of("$(exit) ; * PORT", 2),
        Arguments.of("", 2));
  }

  /// A connection from 127.0.0.1, of which both ends are here.
  @ParameterizedTest(name = "SSH_CONNECTION={0}")
  @MethodSource("logins")
  void connectionsOfThoseWhoLogInFromWhereWeDoAreNotCounted(String login, int ends)
      throws Exception {
    assumeTrue(ShellRun.exists("ss"), "ss is not installed on this machine");
    try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"));
        var client = new java.net.Socket()) {
      client.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      client.connect(server.getLocalSocketAddress());
      int port = server.getLocalPort();

      CommandResult result =
          ShellRun.run(
              List.of("sh", "-c", Socket.PROBE.command()),
              Map.of("SSH_CONNECTION", login.replace("PORT", Integer.toString(port))));

      assertThat(Socket.PROBE.read(result).collected().orElseThrow().value())
          .filteredOn(socket -> socket.local().port() == port || socket.peer().port() == port)
          .hasSize(ends);
    }
  }

  @Test
  void fpingAsksAllAtOnce() throws Exception {
    assumeTrue(ShellRun.exists("fping"), "fping is not installed on this machine");
    CommandResult result =
        ShellRun.run(
            List.of("sh", "-c", Ping.PROBE.command()),
            Map.of("EARSHOT_PEERS", "127.0.0.1 me\n127.0.0.2 my other self\n::1 six"));

    assertThat(result.output()).contains("@fping");
    assertThat(Ping.PROBE.read(result).collected().orElseThrow())
        .hasSize(3)
        .allSatisfy(ping -> assertThat(ping.rtts()).hasSize(10));
  }

  @Test
  void aPingThatKnowsNoFractionsIsTriedAgain() throws Exception {
    Path old = home.resolve("ping");
    Files.writeString(
        old,
        """
        #!/bin/sh
        case "$*" in *-i*) echo "ping: invalid number '0.2'"; exit 1 ;; esac
        echo 'PING 10.0.0.1 (10.0.0.1): 56 data bytes'
        echo '64 bytes from 10.0.0.1: seq=0 ttl=64 time=0.5 ms'
        echo '3 packets transmitted, 1 packets received'
        """);
    assertThat(old.toFile().setExecutable(true)).isTrue();
    Path forbidden = home.resolve("fping");
    Files.writeString(forbidden, "#!/bin/sh\necho \"fping: can't create socket\" >&2\nexit 4\n");
    assertThat(forbidden.toFile().setExecutable(true)).isTrue();

    CommandResult result =
        ShellRun.run(
            List.of("sh", "-c", Ping.PROBE.command()),
            Map.of("PATH", home + ":/usr/bin:/bin", "EARSHOT_PEERS", "10.0.0.1 a"));

    assertThat(Ping.parse(result.output()))
        .singleElement()
        .satisfies(ping -> {
          assertThat(ping.sent()).isEqualTo(3);
          assertThat(ping.rtts()).containsExactly(Millis.duration(0.5));
        });
  }

  private CommandResult inBusyBox(Probe<?> probe, String peers)
      throws IOException, InterruptedException {
    assumeTrue(ShellRun.exists("busybox"), "BusyBox is not installed on this machine");
    Path applets = Files.createDirectory(home.resolve("applets"));
    ShellRun.run(List.of("busybox", "--install", "-s", applets.toString()), Map.of());
    try {
      return ShellRun.run(
          List.of(applets.resolve("sh").toString(), "-c", probe.command()),
          Map.of("PATH", applets.toString(), "EARSHOT_PEERS", peers));
    } finally {
      try (var links = Files.list(applets)) {
        for (Path link : links.toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private static List<String> with(List<String> shell, String... arguments) {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(arguments));
    return command;
  }
}
