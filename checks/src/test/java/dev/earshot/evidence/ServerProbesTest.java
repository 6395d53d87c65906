package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.HaProxy.Server;
import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresActivity.Wal;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The probes of HAProxy and PostgreSQL.
class ServerProbesTest {

  private static final String INFO =
      "Version: 2.6.12\nMaxconn: 100\nCurrConns: 3\nIdle_pct: 97\n\n";

  @Test
  void haProxyByColumnNames() {
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
                "UP",
                Optional.of(45L),
                0,
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMillis(558),
                0,
                0));
    assertThat(proxy.servers().getFirst().requestTime()).contains(Duration.ofMillis(559));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix@/run/app.sock", "", "x$(id):80", "10.0.0.1", "abns@a:80"})
  void haProxyServersWithoutANumericAddressHaveNone(String address) {
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
  void haProxyCountsRequestsInHttpModeAlone(
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
        "Version: 2\nMaxconn: 99999999999\nCurrConns: 0\nIdle_pct: 1\n# pxname,svname,type\n",
        "Version: 2\nMaxconn: 9\nCurrConns: 0\nIdle_pct: 1\n# pxname,type,stot,mode\nb,2,-5,http\n"
      })
  void haProxyRefusesWhatItDoesNotPrint(String output) {
    assertThatThrownBy(() -> HaProxy.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void postgresSettingsWithFileAndLine() {
    var settings =
        Recorded.read(PostgresSettings.PROBE, "postgres-settings-15.txt").collected().orElseThrow();

    assertThat(settings).hasSize(1);
    PostgresSettings server = settings.getFirst();
    assertThat(server.port()).isEqualTo(5432);
    assertThat(server.version()).isBetween(150000, 159999);
    assertThat(server.device()).contains("/dev/vda");
    assertThat(server.setting("synchronous_commit"))
        .contains(
            new Setting(
                "synchronous_commit",
                "off",
                "configuration file",
                Optional.of("/etc/postgresql/15/main/conf.d/incident.conf"),
                2,
                false));
    assertThat(server.milliseconds("wal_writer_delay")).contains(Duration.ofMillis(200));
    assertThat(server.value("primary_conninfo")).isEqualTo("(withheld)");
  }

  @Test
  void postgresActivity() {
    var activity =
        Recorded.read(PostgresActivity.PROBE, "postgres-activity-15.txt").collected().orElseThrow();

    PostgresActivity server = activity.value().getFirst();
    assertThat(server.sessions())
        .contains(
            new Sessions(
                Optional.of(new Address("10.77.0.31")), "lemmy", "lemmy", "idle", "Client", 1));
    assertThat(server.databases())
        .contains(
            new DatabaseCounters(
                "lemmy", 4006, 0, 1642, Duration.ofNanos(334_097_000), Duration.ZERO));
    assertThat(server.statements())
        .hasValueSatisfying(all -> assertThat(all.calls()).isEqualTo(3932));
    assertThat(server.wal()).contains(new Wal(87, Duration.ZERO));
  }

  @Test
  void psqlQuotesLineBreaksSoThatNoValueIsTakenForAMark() {
    var server =
        PostgresSettings.parse(
                """
                === 5432
                @settings
                name,setting,source,sourcefile,sourceline,pending_restart
                log_line_prefix,"%m ""[%p]""
                === 6666
                @overrides
                ",configuration file,,,t
                server_version_num,150018,default,,,f
                @overrides
                database,role,name,value
                "le,mmy",,synchronous_commit,off
                """)
            .getFirst();

    assertThat(server.port()).isEqualTo(5432);
    assertThat(server.value("log_line_prefix")).startsWith("%m \"[%p]\"\n=== 6666");
    assertThat(server.setting("log_line_prefix").orElseThrow().pendingRestart()).isTrue();
    assertThat(server.overrides())
        .singleElement()
        .satisfies(override -> {
          assertThat(override.database()).isEqualTo("le,mmy");
          assertThat(override.role()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "psql: error",
        "=== 5432\n",
        "=== 5432\n@settings\nname,setting\nwork_mem,4\n",
        "=== 99999999999999999999\n@settings\nname,setting\nserver_version_num,150018\n",
        "=== 5432\n@settings\nname,setting\nserver_version_num,1e400\n"
      })
  void postgresRefusesWhatPsqlDoesNotPrint(String output) {
    assertThatThrownBy(() -> PostgresSettings.parse(output)).isInstanceOf(UnreadableOutput.class);
    assertThatThrownBy(() -> PostgresActivity.parse(output)).isInstanceOf(UnreadableOutput.class);
  }

  @Test
  void aTableThatWasCutOffLosesItsLastRowOnly() {
    var answer =
        new CommandResult(
            141, "1.0 1.0\n=== 5432\n@databases\nname,commits\na,5\n\"b\nc\",7\nd,123", true);

    assertThat(
            PostgresActivity.PROBE
                .read(answer)
                .collected()
                .orElseThrow()
                .value()
                .getFirst()
                .databases())
        .extracting(DatabaseCounters::name, DatabaseCounters::commits)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 5L),
            org.assertj.core.groups.Tuple.tuple("b\nc", 7L));
  }
}
