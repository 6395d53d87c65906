package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.PostgresActivity.DatabaseCounters;
import dev.earshot.evidence.PostgresActivity.Sessions;
import dev.earshot.evidence.PostgresActivity.Wal;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The probes of PostgreSQL.
class ServerProbesTest {

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
                Optional.of(new Address("10.77.0.31")),
                "lemmy",
                "lemmy",
                "idle",
                "Client",
                Optional.empty(),
                1));
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
