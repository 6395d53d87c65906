package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.HaProxy.Errors;
import dev.earshot.evidence.HaProxy.Frontend;
import dev.earshot.evidence.HaProxy.Health;
import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.HaProxy.Sessions;
import dev.earshot.evidence.HaProxy.State;
import dev.earshot.evidence.HaProxy.Times;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HaProxyTest {

  private static final String INFO =
      "Version: 2.6.12\nMaxconn: 100\nCurrConns: 3\nIdle_pct: 97\n\n";

  @Test
  void byColumnNames() {
    HaProxy proxy =
        Recorded.read(HaProxy.PROBE, "haproxy-2.6.txt").collected().orElseThrow().value();

    assertThat(proxy.version()).isEqualTo("2.6.12-1+deb12u4");
    assertThat(proxy.idle()).isEqualTo(new Percent(100));
    assertThat(proxy.maxConnections()).isEqualTo(9984);
    assertThat(proxy.servers())
        .hasSize(2)
        .first()
        .isEqualTo(
            new Server(
                "lemmy",
                "backend1",
                Optional.of(Endpoint.of("10.77.0.31:8536")),
                new Health("UP", false, 1, Optional.of(Duration.ofSeconds(234)), "L4OK"),
                true,
                45,
                new Sessions(0, 1, Optional.empty(), 0, 0),
                new Times(
                    Duration.ZERO,
                    Duration.ofMillis(1),
                    Duration.ofMillis(558),
                    Duration.ofMillis(25)),
                1,
                44,
                new Errors(0, 0, 0, 0, 0, 0)));
    assertThat(proxy.servers().getFirst().requestTime())
        .as("one of 45 requests waited up to 26 ms for a connection")
        .contains(Duration.ofMillis(558).plus(Duration.ofMillis(26).dividedBy(45)));
  }

  /// A HAProxy with servers in all states, its queues full: `haproxy-2.6-trouble`.
  @Test
  void inTrouble() {
    HaProxy proxy =
        Recorded.read(HaProxy.PROBE, "haproxy-2.6-trouble.end.txt")
            .collected()
            .orElseThrow()
            .value();

    assertThat(proxy.timesFull()).as("not told by 2.6").isEmpty();
    assertThat(proxy.uptime()).isEqualTo(Duration.ofSeconds(9));
    assertThat(proxy.frontends())
        .contains(new Frontend("narrow", new Sessions(2, 2, Optional.of(2), 0, 0), 2, 0));
    assertThat(proxy.backends())
        .filteredOn(backend -> backend.name().equals("slow"))
        .singleElement()
        .satisfies(backend -> {
          assertThat(backend.sessions().queued()).isEqualTo(3);
          assertThat(backend.sessions().mostQueued()).isEqualTo(6);
          assertThat(backend.active()).isEqualTo(1);
        });
    assertThat(server(proxy, "slow1").sessions())
        .isEqualTo(new Sessions(1, 1, Optional.of(1), 0, 0));
    assertThat(server(proxy, "slow1").queue()).isEqualTo(Duration.ofMillis(451));
    assertThat(server(proxy, "away").errors()).isEqualTo(new Errors(2, 0, 0, 0, 4, 0));
    assertThat(server(proxy, "refuses").errors()).isEqualTo(new Errors(0, 0, 0, 0, 0, 12));
    assertThat(server(proxy, "hangs-up").errors()).isEqualTo(new Errors(0, 12, 0, 0, 0, 0));
    assertThat(server(proxy, "app2").health().lastCheck()).isEqualTo("L4CON: Connection refused");
    assertThat(server(proxy, "spare1").health().spare()).isTrue();
    assertThat(server(proxy, "tcp1").requests()).isEmpty();
    assertThat(server(proxy, "tcp1").streams()).isEqualTo(12);
    assertThat(proxy.servers())
        .extracting(server -> server.name() + " " + server.health().state())
        .contains(
            "app1 UP", "app2 DOWN", "app3 MAINTENANCE", "plain1 UNCHECKED", "nowhere UNRESOLVED");
  }

  @ParameterizedTest
  @CsvSource({
    "UP, UP, true",
    "UP 1/3, FAILING, true",
    "no check, UNCHECKED, true",
    "NOLB, DRAINING, false",
    "NOLB 1/2, DRAINING, false",
    "DRAIN, DRAINING, false",
    "MAINT, MAINTENANCE, false",
    "MAINT (via app/a), MAINTENANCE, false",
    "MAINT (resolution), UNRESOLVED, false",
    "DOWN, DOWN, false",
    "DOWN 1/2, DOWN, false",
    "DOWN (agent), DOWN, false",
    "'', DOWN, false"
  })
  void states(String status, State state, boolean serves) {
    assertThat(State.of(status)).isEqualTo(state);
    assertThat(state.serves()).isEqualTo(serves);
  }

  @Test
  void sinceItTellsHowOftenItWasFull() {
    HaProxy proxy =
        HaProxy.parse("MaxconnReached: 7\nUptime_sec: 9\n" + INFO + "# pxname,svname,type\n");

    assertThat(proxy.timesFull()).contains(7L);
    assertThat(proxy.uptime()).isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @CsvSource({
    "'', -1, -1", // a version that does not tell
    "DroppedLogs: 7, 7, -1",
    "Tainted: 0, -1, 0",
    "Tainted: 0x2020, -1, 8224"
  })
  void theProcess(String line, long dropped, long tainted) {
    HaProxy proxy = HaProxy.parse(line + "\n" + INFO + "# pxname,svname,type\n");

    assertThat(proxy.droppedLogs().orElse(-1L)).isEqualTo(dropped);
    assertThat(proxy.tainted().orElse(-1L)).isEqualTo(tainted);
  }

  @Test
  void whatServersAnswerAndClientsBreakOffIsCounted() {
    HaProxy proxy =
        HaProxy.parse(
            INFO + "# pxname,svname,type,stot,eresp,hrsp_5xx,cli_abrt,srv_abrt\nb,s,2,9,2,3,1,2\n");

    assertThat(proxy.servers().getFirst().errors()).isEqualTo(new Errors(0, 2, 3, 1, 0, 0));
  }

  private static Server server(HaProxy proxy, String name) {
    return proxy.servers().stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix@/run/app.sock", "", "x$(id):80", "10.0.0.1", "abns@a:80"})
  void serversWithoutANumericAddressHaveNone(String address) {
    var proxy = HaProxy.parse(INFO + "# pxname,svname,type,addr,\nb,s,2,%s,\n".formatted(address));

    assertThat(proxy.servers())
        .singleElement()
        .extracting(Server::endpoint)
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "http, , 7", // the mode says so, though nothing was answered yet
    "tcp, , -1",
    "tcp, 7, -1",
    ", 7, 7", // an old version: answers by status are counted in HTTP mode alone
    ", , -1",
    "health, , -1"
  })
  void countsRequestsInHttpModeAlone(
      @Nullable String mode, @Nullable String answered, long requests) {
    HaProxy proxy =
        HaProxy.parse(
            INFO
                + "# pxname,svname,type,stot,rtime,mode,hrsp_2xx,\nb,s,2,7,30,%s,%s,\n"
                    .formatted(mode == null ? "" : mode, answered == null ? "" : answered));

    Server server = proxy.servers().getFirst();
    assertThat(server.requests().orElse(-1L)).isEqualTo(requests);
    assertThat(server.requestTime().isPresent()).isEqualTo(requests >= 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Permission denied",
        "# pxname,svname,type\nb,s,2\n",
        "Version: 2\nMaxconn: 9\nCurrConns: 0\nIdle_pct: 1\nTainted: 0x1ffffffff\n# pxname,svname,type\n",
        "Version: 2\nMaxconn: 99999999999\nCurrConns: 0\nIdle_pct: 1\n# pxname,svname,type\n",
        "Version: 2\nMaxconn: 9\nCurrConns: 0\nIdle_pct: 1\n# pxname,type,stot,mode\nb,2,-5,http\n"
      })
  void refusesWhatItDoesNotPrint(String output) {
    assertThatThrownBy(() -> HaProxy.parse(output)).isInstanceOf(UnreadableOutput.class);
  }
}
