package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HaProxy.State;
import dev.earshot.evidence.HaProxyConfiguration.Proxy;
import dev.earshot.evidence.HaProxyConfiguration.ProxyServer;
import dev.earshot.evidence.HaProxyConfiguration.Route;
import dev.earshot.evidence.HaProxyLog.Termination;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The probes against a real HAProxy that has answered 30 requests, each within 10 ms and a bit.
class HaProxyPeerTest {

  private static final int REQUESTS = 30;
  private static final Duration RESPONSE = Duration.ofMillis(10);

  private static @Nullable TemporaryHaProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    TemporaryHaProxy started = TemporaryHaProxy.start(RESPONSE);
    proxy = started;
    for (int times = 0; times < REQUESTS; times++) {
      started.get("/page?of=app/away%20");
    }
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
  void statistics(List<String> shell) throws Exception {
    HaProxy statistics = running().ask(HaProxy.PROBE, shell).collected().orElseThrow().value();

    assertThat(statistics.servers())
        .extracting(server -> server.name() + " " + server.health().state())
        .containsExactly("works " + State.UNCHECKED, "away " + State.DOWN);
    Server works = statistics.servers().getFirst();
    assertThat(works.requests()).contains((long) REQUESTS);
    assertThat(works.response()).isBetween(RESPONSE, Duration.ofSeconds(1));
    assertThat(works.sessions().limit()).contains(1);
    assertThat(works.opened() + works.reused()).isEqualTo(REQUESTS);
    assertThat(statistics.frontends().getFirst().streams()).isEqualTo(REQUESTS);
    assertThat(statistics.backends().getFirst().active()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void configuration(List<String> shell) throws Exception {
    HaProxyConfiguration files =
        asRoot().ask(HaProxyConfiguration.PROBE, shell).collected().orElseThrow();

    assertThat(files.files()).containsExactly(running().configuration().toString());
    assertThat(files.untold()).isEmpty();
    assertThat(files.proxies()).extracting(Proxy::name).containsExactly("web", "app");
    assertThat(files.proxies().getFirst().binds()).containsExactly("127.0.0.1:" + running().port());
    assertThat(files.proxies().getFirst().routes())
        .containsExactly(new Route("app", false), new Route("app", true));
    assertThat(files.proxies().getLast().servers().getLast())
        .isEqualTo(new ProxyServer("away", "127.0.0.1:1"));
    assertThat(files.leadingTo("app")).containsExactly("web");
    assertThat(files.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void ofSeveralTheFilesAreThoseThatNameTheSocket(List<String> shell) throws Exception {
    TemporaryHaProxy asked = asRoot();
    TemporaryHaProxy other = TemporaryHaProxy.start(RESPONSE);
    try {
      assertThat(asked.ask(HaProxyConfiguration.PROBE, shell, other).collected().orElseThrow())
          .extracting(HaProxyConfiguration::files)
          .isEqualTo(List.of(asked.configuration().toString()));

      String own = Files.readString(asked.configuration());
      Files.writeString(other.configuration(), own);
      assertThat(asked.ask(HaProxyConfiguration.PROBE, shell, other))
          .isInstanceOfSatisfying(
              Evidence.Uncollected.class,
              several ->
                  assertThat(several.reason())
                      .contains(
                          "several HAProxy run here",
                          asked.configuration().resolveSibling("admin.sock").toString()));
    } finally {
      other.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void ofSeveralWithoutASocketNoneIsTold(List<String> shell) throws Exception {
    TemporaryHaProxy asked = asRoot();
    TemporaryHaProxy other = TemporaryHaProxy.start(RESPONSE);
    String own = Files.readString(asked.configuration());
    try {
      Files.writeString(asked.configuration(), own.replace("stats socket", "# socket"));
      assertThat(asked.ask(HaProxyConfiguration.PROBE, shell, other))
          .isInstanceOf(Evidence.Uncollected.class);
    } finally {
      Files.writeString(asked.configuration(), own);
      other.stop();
    }
  }

  /// Though its files name the socket, too.
  @ParameterizedTest
  @MethodSource("shells")
  void oneInAContainerCountsWhereItIsAlone(List<String> shell) throws Exception {
    TemporaryHaProxy asked = asRoot();
    assumeTrue(ShellRun.exists("unshare"), "unshare is not installed on this machine");
    TemporaryHaProxy contained = TemporaryHaProxy.start(RESPONSE, "unshare", "-pf");
    try {
      Files.writeString(contained.configuration(), Files.readString(asked.configuration()));
      assertThat(asked.ask(HaProxyConfiguration.PROBE, shell, contained).collected().orElseThrow())
          .extracting(HaProxyConfiguration::files)
          .isEqualTo(List.of(asked.configuration().toString()));
      assertThat(contained.ask(HaProxyConfiguration.PROBE, shell).collected().orElseThrow())
          .extracting(HaProxyConfiguration::files)
          .isEqualTo(List.of(contained.configuration().toString()));
    } finally {
      contained.stop();
    }
  }

  /// The beginnings that rsyslog writes by default: before Debian 12, and since.
  @ParameterizedTest
  @MethodSource("shells")
  void log(List<String> shell) throws Exception {
    assumeTrue(ShellRun.exists("halog"), "halog is not installed on this machine");
    TemporaryHaProxy running = running();
    for (String prefix : List.of("Nov  6 16:20:01 lb1 ", "2026-11-26T16:20:01.123456+00:00 lb1 ")) {
      running.writeLog(prefix, REQUESTS);
      for (int times = 0; times < REQUESTS; times++) {
        running.get("/");
      }

      HaProxyLog log = running.ask(HaProxyLog.PROBE, shell).collected().orElseThrow();

      assertThat(log.servers())
          .singleElement()
          .satisfies(server -> {
            assertThat(server.name()).isEqualTo("app/works");
            assertThat(server.requests()).isEqualTo(REQUESTS);
            assertThat(server.response().p50()).isBetween(RESPONSE, Duration.ofSeconds(1));
            assertThat(server.response().p99())
                .isBetween(server.response().p95(), Duration.ofSeconds(2));
            assertThat(server.connect().p50()).isLessThan(RESPONSE);
          });
      assertThat(log.terminations()).containsExactly(new Termination("--", REQUESTS));
    }
  }

  private static TemporaryHaProxy asRoot() {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "HAProxy has to be root's, or its user's");
    return running();
  }

  private static TemporaryHaProxy running() {
    assumeTrue(proxy != null, "HAProxy is not installed on this machine");
    return java.util.Objects.requireNonNull(proxy);
  }
}
