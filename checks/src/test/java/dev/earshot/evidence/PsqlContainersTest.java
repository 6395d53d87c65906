package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.check.Finding;
import dev.earshot.check.postgres.DataChecksumsCheck;
import dev.earshot.evidence.PostgresServer.InContainer;
import dev.earshot.evidence.PostgresServer.Inside;
import dev.earshot.fixture.FleetFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The way into containers: as Podman 4 on Debian 12 answered, and against a real server behind a
/// stand-in for it.
class PsqlContainersTest {

  private static final PostgresServer PUBLISHED =
      new PostgresServer(
          5433,
          Optional.of(
              new InContainer(
                  "podman",
                  "shop.db",
                  Optional.of(new Inside(true, TemporaryPostgres.PORT, "postgres", false)))));

  private static @Nullable TemporaryPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = TemporaryPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  static Stream<List<String>> shells() {
    return ShellRun.shells().stream();
  }

  @Test
  void serversWithTheSamePortAreToldApartByTheirContainers() {
    assertThat(
            Recorded.read(PostgresHba.PROBE, "postgres-hba-podman-4.txt").collected().orElseThrow())
        .extracting(PostgresHba::server)
        .containsExactly(
            new PostgresServer(
                5433, Optional.of(new InContainer("podman", "lemmy.db", Optional.empty()))),
            new PostgresServer(
                5432, Optional.of(new InContainer("podman", "matrix-db", Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          5432,                                        sudo -u postgres psql -X -p 5432
          5433 docker web,                             docker exec -i web psql -X
          5433 docker web postgres 5432 postgres run,  docker exec -i -u postgres web psql -X
          5433 docker web postgres 5999 lemmy run,     docker exec -i -u postgres web psql -X -p 5999 -U lemmy
          5432 podman web default 5432 postgres tmp,   podman exec -i web psql -X -h /tmp -U postgres
          5432 podman web postgres 5432 - run,         podman exec -i -u postgres web psql -X -U ROLE
          5432 podman web postgres 5432 a;reboot run,  podman exec -i -u postgres web psql -X -U ROLE
          """)
  void psqlIsToldAsItReachesTheServer(String mark, String psql) {
    assertThat(PsqlTables.parse("=== " + mark + "\n@lemmy\na,b\n1,2\n"))
        .extracting(tables -> tables.server().psql())
        .containsExactly(psql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5432 reboot; web",
        "5432 docker web;reboot",
        "5432 docker -v/:/mnt",
        "5432 docker $(reboot)"
      })
  void whatAShellWouldReadOtherwiseIsNoContainer(String mark) {
    assertThatThrownBy(() -> PsqlTables.parse("=== " + mark + "\n@lemmy\na,b\n1,2\n"))
        .isInstanceOf(UnreadableOutput.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aServerInAContainerIsKnownByItsPublishedPort(List<String> shell) throws Exception {
    String[] words = shell.toArray(String[]::new);

    assertThat(read(PostgresSettings.PROBE, "", words))
        .singleElement()
        .satisfies(settings -> {
          assertThat(settings.server()).isEqualTo(PUBLISHED);
          assertThat(settings.value("port")).isEqualTo(String.valueOf(TemporaryPostgres.PORT));
          assertThat(settings.device()).isEmpty();
          assertThat(settings.setting("default_transaction_read_only")).isEmpty();
        });
    assertThat(read(PostgresHealth.PROBE, "", words))
        .singleElement()
        .satisfies(health -> {
          assertThat(health.server()).isEqualTo(PUBLISHED);
          assertThat(health.indexes().orElseThrow()).isNotEmpty();
        });
  }

  @Test
  void itsPsqlCannotSpeakForAnotherServer() throws Exception {
    assertThat(read(PostgresHealth.PROBE, "[ $1 != exec ] || echo '=== 5432'", "sh"))
        .extracting(PostgresHealth::server)
        .containsExactly(PUBLISHED);
  }

  @Test
  void whatIsInTheWayIsSaid() throws Exception {
    assertThat(
            PostgresHealth.PROBE.read(
                answer(
                    PostgresHealth.PROBE,
                    "case $1 in exec) echo no such user; exit 1 ;; esac",
                    "sh")))
        .isEqualTo(
            new Evidence.Uncollected<>(
                "PostgreSQL in podman's container shop.db did not answer (no such user)"));
    assertThat(PostgresHealth.PROBE.read(answer(PostgresHealth.PROBE, "exit 125", "sh")))
        .isInstanceOfSatisfying(
            Evidence.Uncollected.class,
            refused -> assertThat(refused.reason()).contains("allow the login user 'sudo podman'"));
  }

  @Test
  void whatIsToldToDoGoesThroughTheEngine() throws Exception {
    FleetFixture fleet = new FleetFixture();
    fleet
        .host("db1", "10.0.0.21")
        .answers(PostgresSettings.PROBE, answer(PostgresSettings.PROBE, "", "sh"));

    Finding finding = new DataChecksumsCheck().judge(fleet.fleet()).getFirst();

    assertThat(finding.verdict()).isNotInstanceOf(dev.earshot.check.Verdict.Unknown.class);
    finding
        .remedy()
        .ifPresent(remedy -> {
          assertThat(remedy.playbook()).isEmpty();
          assertThat(remedy.commands())
              .first()
              .asString()
              .startsWith(
                  "podman exec -i -u postgres shop.db psql -X -p %d -c"
                      .formatted(TemporaryPostgres.PORT));
        });
  }

  private static <T> List<T> read(Probe<List<T>> probe, String mishap, String... shell)
      throws Exception {
    CommandResult answer = answer(probe, mishap, shell);
    return probe.read(answer).collected().orElseThrow(() -> new AssertionError(answer.output()));
  }

  private static CommandResult answer(Probe<?> probe, String mishap, String... shell)
      throws Exception {
    TemporaryPostgres started = java.util.Objects.requireNonNull(server);
    assumeTrue(started.isRoot(), "only root can stand in for a container");
    assumeTrue(ShellRun.exists("unshare"), "unshare is not installed on this machine");
    assumeTrue(Files.isDirectory(Path.of("/run/postgresql")), "there is no /run/postgresql");
    return started.answerInContainer(probe, mishap, shell);
  }
}
