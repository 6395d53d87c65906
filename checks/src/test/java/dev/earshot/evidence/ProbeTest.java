package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.earshot.evidence.Evidence.Absent;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.fixture.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeTest {

  private static final Probe<String> SHOUT =
      Probe.of("shout", "For the test.", "echo", text -> text);

  static Stream<Probe<?>> probes() {
    return Probes.ALL.stream();
  }

  /// Those that a shell on the host is asked.
  static Stream<Probe<?>> commands() {
    return probes().filter(probe -> !Probes.AFTERWARDS.contains(probe));
  }

  @Test
  void statusesTellAbsentFromUnanswered() {
    assertThat(SHOUT.read(new CommandResult(44, "", false))).isEqualTo(new Absent<>());
    assertThat(SHOUT.read(new CommandResult(124, "", false)))
        .isEqualTo(new Uncollected<>("no answer within 10 s"));
    assertThat(SHOUT.read(new CommandResult(127, "sh: 1: shout: not found\n", false)))
        .isEqualTo(new Uncollected<>("the command ended with status 127: sh: 1: shout: not found"));
  }

  @Test
  void theReasonIsWhatTheCommandSaidLast() {
    assertThat(
            HaProxy.PROBE.read(
                new CommandResult(45, "4711.5 9000.1\nHAProxy did not answer\n", false)))
        .isEqualTo(new Uncollected<>("HAProxy did not answer"));
    assertThat(HaProxy.PROBE.read(new CommandResult(45, "", false)))
        .isEqualTo(new Uncollected<>("it printed nothing"));
  }

  @Test
  void reasonsAreShortAndMoveNoCursor() {
    var evidence =
        SHOUT.read(
            new CommandResult(45, "\u001b[2Jall\u202e good\u0007 " + "x".repeat(999), false));

    assertThat(((Uncollected<String>) evidence).reason())
        .startsWith("\uFFFD[2Jall\uFFFD good\uFFFD xxx")
        .endsWith("…")
        .hasSizeLessThan(210);
  }

  @Test
  void halfALastLineIsNotRead() {
    assertThat(SHOUT.read(new CommandResult(141, "one\ntwo\nthr", true)))
        .isEqualTo(new Evidence.Collected<>("one\ntwo\n"));
    assertThat(SHOUT.read(new CommandResult(0, "one\ntwo", false)))
        .isEqualTo(new Evidence.Collected<>("one\ntwo"));
  }

  @ParameterizedTest
  @MethodSource("probes")
  void garbageIsNeverTakenForAnAnswer(Probe<?> probe) {
    for (String garbage :
        List.of(
            "\0\1\2\uFFFD",
            "<html>",
            "command not found",
            "1.0 1.0\n<html>",
            "NaN NaN\n",
            "-1 0\n")) {
      assertThat(probe.read(CommandResult.of(garbage)))
          .as("%s on %s", probe.id(), garbage)
          .isInstanceOf(Uncollected.class);
    }
  }

  /// Recorded answers, damaged at random (always the same random): whatever comes back, `read`
  /// returns, and parsers complain in no other way than by [UnreadableOutput].
  @ParameterizedTest
  @MethodSource("probes")
  void noAnswerMakesAProbeThrow(Probe<?> probe) {
    List<String> seeds = seeds();
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      String text = Damage.of(seeds.get(seed % seeds.size()), random);
      CommandResult result = new CommandResult(0, text, random.nextInt(4) == 0);

      assertThatCode(() -> probe.read(result))
          .as("%s, seed %d", probe.id(), seed)
          .doesNotThrowAnyException();
      try {
        var _ = probe.parser().apply(result);
      } catch (UnreadableOutput | NumberFormatException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  private static List<String> seeds() {
    List<String> seeds =
        new ArrayList<>(
            List.of(
                "",
                "=== a\nPING a (10.0.0.1): 56\n64 bytes from 10.0.0.1: seq=0 ttl=64 time=0.06 ms\n1 packets transmitted\n",
                "1.0 1.0\n0.42 0.30 0.20 1/210 4711\ncpu  1000 50 300 8000 200\ncpu0 1000 50 300 8000 200\n",
                "1.0 1.0\n253 0 vda 100 0 800 50 40 3 900 60 0 70 110 1 0 0 0 12 34\n",
                "Linux 6.1 x86_64\ndb1\nPRETTY_NAME=\"Debian\"\n",
                "@name a.example.org\n@server ns.example.org\na.example.org. 300 IN CNAME b.example.org.\nb.example.org. 60 IN A 10.0.0.1\n@trouble AAAA: no answer\n",
                "MemTotal: 2048 kB\nMemAvailable: 1024 kB\n",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 10 5 5 50% /\n",
                "node 172.18.0.3:8536\npool 30 read\nbody {\"software\":{\"name\":\"lemmy\",\"version\":\"0.19.3\"}}\n",
                "1.0 1.0\n=== 5432\n@lemmy\ndatabase,suffix,migration,sent,received\nlemmy,_at,20240115100133,7,9\n@peers\npeers,dead\n3,1\n@behind\ndomain,done,behind,failures,oldest_ms\na.example,1,2,3,4.5\n",
                "process\nprocess\n--disable-http-server\n--federate-process-index=2\n",
                "sys_vendor=QEMU\nproduct_name=x\n",
                "1: lo inet 127.0.0.1/8\n2: eth0 inet 10.0.0.1/24\n"));
    for (String file :
        List.of(
            "containers-docker-28.txt",
            "filesystems-busybox.txt",
            "haproxy-2.6.txt",
            "readiness-debian-12.txt",
            "postgres-activity-15.txt",
            "postgres-health-15.txt",
            "postgres-settings-15.txt",
            "sockets-oneline.txt",
            "sockets-two-lines.txt",
            "listeners-root.txt")) {
      seeds.add(Recorded.text(file));
    }
    return seeds;
  }
}
