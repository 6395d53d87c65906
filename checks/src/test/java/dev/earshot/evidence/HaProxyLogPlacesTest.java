package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.HaProxyLog.Termination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where the log of a real HAProxy is looked for. Each test leaves as many requests unlogged as the
/// next one needs.
class HaProxyLogPlacesTest {

  private static final int REQUESTS = 30;

  private static @Nullable TemporaryHaProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    proxy = TemporaryHaProxy.start(Duration.ofMillis(1));
    answer();
  }

  @AfterAll
  static void stop() throws Exception {
    if (proxy != null) {
      proxy.stop();
    }
  }

  static Stream<List<String>> shells() {
    return ShellRun.shells().stream();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void logInTheJournal(List<String> shell) throws Exception {
    assumeTrue(ShellRun.exists("halog"), "halog is not installed on this machine");
    TemporaryHaProxy running = running();
    running.writeLog("Nov 06 16:20:01 lb1 ", REQUESTS);
    String path = running.journalLog() + ":" + System.getenv("PATH");
    running.leaveAnEmptyLog(); // as an upgrade does
    try {
      HaProxyLog log = running.ask(HaProxyLog.PROBE, shell, path).collected().orElseThrow();

      assertThat(log.servers())
          .singleElement()
          .satisfies(server -> assertThat(server.requests()).isEqualTo(REQUESTS));
      assertThat(log.terminations()).containsExactly(new Termination("--", REQUESTS));
    } finally {
      running.forgetJournal();
      running.forgetLog();
      answer();
    }
    assertThat(running.ask(HaProxyLog.PROBE, shell, path)).isEqualTo(new Evidence.Absent<>());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aLogThatNothingReadsIsNoMissingLog(List<String> shell, @TempDir Path programs)
      throws Exception {
    for (String name : List.of("tail", "sed", "cat")) {
      Files.createSymbolicLink(programs.resolve(name), ShellRun.find(name).orElseThrow());
    }
    Path program = ShellRun.find(shell.getFirst()).orElseThrow();
    List<String> whole = new ArrayList<>(shell);
    whole.set(0, program.toString());
    TemporaryHaProxy running = running();
    running.writeLog("Nov  6 16:20:01 lb1 ", REQUESTS);
    answer();

    assertThat(running.ask(HaProxyLog.PROBE, whole, programs.toString()))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            missing -> assertThat(missing.reason()).contains("halog", "package haproxy"));
    running.forgetLog();
  }

  private static void answer() throws Exception {
    TemporaryHaProxy running = running();
    for (int times = 0; times < REQUESTS; times++) {
      running.get("/");
    }
  }

  private static TemporaryHaProxy running() {
    assumeTrue(proxy != null, "HAProxy is not installed on this machine");
    return java.util.Objects.requireNonNull(proxy);
  }
}
