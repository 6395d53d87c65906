package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
    return ProbeTest.probes()
        .flatMap(probe ->
            ShellRun.shells().stream().map(shell -> Arguments.of(probe.id(), probe, shell)));
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
  @MethodSource("dev.earshot.evidence.ProbeTest#probes")
  void worksOrSaysWhyNotWhereThereIsOnlyBusyBox(Probe<?> probe) throws Exception {
    CommandResult result = inBusyBox(probe, "127.0.0.1 me");

    assertThat(result.exitStatus())
        .as(result.output())
        .isIn(0, CommandResult.ABSENT, CommandResult.COULD_NOT_LOOK);
    if (probe.read(result) instanceof Evidence.Uncollected<?>(String reason)) {
      assertThat(reason).containsAnyOf("install", "says").doesNotContain("not found");
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
