package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.PostgresHealth.History;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.fixture.FleetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The PostgreSQL probes against real servers of every version from 12 to 18, each with a standby,
/// and every check of PostgreSQL against what they answer. The build unpacks the servers.
class PostgresVersionsTest {

  private static final Path ARCHIVES = Path.of("target", "postgres");

  static IntStream versions() {
    return IntStream.rangeClosed(12, 18);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyTableIsReadAndEveryCheckJudges(int version) throws Exception {
    TemporaryPostgres server =
        TemporaryPostgres.startPair(archive(version), "-c max_prepared_transactions=5");
    try {
      prepare(server);
      Thread vacuum =
          server.holding(
              "app",
              "SET vacuum_cost_delay = 100",
              "SET vacuum_cost_limit = 1",
              "VACUUM (DISABLE_PAGE_SKIPPING) child");
      until(
          server,
          "SELECT count(*) FROM pg_stat_progress_vacuum JOIN pg_stat_activity USING (pid) WHERE backend_xmin IS NOT NULL");
      String prepared = forget(server);
      Thread holder = server.holding("app", "BEGIN; UPDATE t SET v = 9; SELECT pg_sleep(50)");
      until(server, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
      Thread waiter = server.holding("app", "UPDATE t SET v = 8");
      until(server, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      until(
          server,
          "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= '%s'".formatted(prepared));

      FleetFixture fleet = asked(server);
      server.sql(
          "app",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' OR query LIKE 'VACUUM%'");
      vacuum.join();
      holder.join();
      waiter.join();

      HostEvidence host = fleet.evidence().hosts().getFirst();
      assertSettings(version, host.postgres().collected().orElseThrow());
      assertActivity(version, host.postgresActivity().latest().collected().orElseThrow());
      assertHealth(version, host.postgresHealth().collected().orElseThrow());
      assertTables(host.postgresTables().collected().orElseThrow());
      assertHba(host.hba().collected().orElseThrow());
      assertThat(judged(fleet.fleet()))
          .allSatisfy(finding ->
              assertThat(finding.verdict())
                  .as(finding.key())
                  .isNotInstanceOf(Verdict.Unknown.class));
    } finally {
      server.stop();
    }
  }

  private static void prepare(TemporaryPostgres server) throws Exception {
    server.sql(
        "postgres",
        "CREATE ROLE app LOGIN",
        "CREATE DATABASE app OWNER app",
        "ALTER ROLE app SET work_mem = '64MB'",
        "ALTER ROLE app VALID UNTIL '2100-01-01 00:00:00Z'",
        "CREATE ROLE endless LOGIN VALID UNTIL 'infinity'",
        "CREATE ROLE distant LOGIN VALID UNTIL '9999-12-31 00:00:00Z'",
        "ALTER SYSTEM SET max_wal_size = '2GB'",
        "SELECT pg_reload_conf()",
        "SELECT pg_create_physical_replication_slot('gone', true)");
    String inside = server.sql("postgres", "SHOW data_directory").strip() + "/inside";
    server.sql("postgres", "COPY (SELECT 1) TO PROGRAM 'mkdir -m 700 %s'".formatted(inside));
    server.sql("postgres", "CREATE TABLESPACE inside LOCATION '%s'".formatted(inside));
    server.sql(
        "app",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t SELECT g, g FROM generate_series(1, 3) g",
        "CREATE INDEX t_v ON t (v)",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_v'::regclass");
    server.sql(
        "app",
        "CREATE TABLE parent (id int PRIMARY KEY)",
        "INSERT INTO parent SELECT g FROM generate_series(1, 9) g",
        "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent, pad text, \"Adopted by\" int REFERENCES parent, gone int) WITH (autovacuum_enabled = off)",
        "INSERT INTO child SELECT g, 1, md5(g::text) FROM generate_series(1, 600000) g",
        "CREATE INDEX child_pad ON child (pad)",
        "CREATE INDEX child_of_gone ON child (parent) WHERE gone IS NOT NULL",
        "CREATE INDEX child_adopted ON child (\"Adopted by\") WHERE \"Adopted by\" IS NOT NULL",
        "CREATE INDEX child_pad_id ON child (pad, id)",
        "CREATE UNIQUE INDEX child_id_again ON child (id)",
        "DELETE FROM child WHERE id % 4 <> 0",
        "DELETE FROM parent WHERE id = 9",
        "CREATE TABLE late WITH (autovacuum_enabled = off) AS SELECT g AS i FROM generate_series(1, 20000) g",
        "DELETE FROM late WHERE i > 5000",
        "CREATE SEQUENCE s AS bigint",
        "CREATE TABLE n (id int DEFAULT nextval('s'))",
        "ALTER SEQUENCE s OWNED BY n.id",
        "SELECT setval('s', 2000000000)");
    server.sql("app", "VACUUM ANALYZE child");
    until(
        server,
        "SELECT count(*) FROM pg_stat_user_tables WHERE relname = 'late' AND n_dead_tup > 0");
  }

  /// A transaction that nobody ends, younger than some others. Returns where in WAL it ends.
  private static String forget(TemporaryPostgres server) throws Exception {
    server.sql("app", "SELECT txid_current()", "SELECT txid_current()");
    server.sql("app", "BEGIN; CREATE TABLE u (a int); PREPARE TRANSACTION 'forgotten'");
    return server.sql("app", "SELECT pg_logical_emit_message(true, 'test', 'end')").strip();
  }

  private static void until(TemporaryPostgres server, String count) throws Exception {
    for (int tries = 0; server.sql("app", count).strip().equals("0"); tries++) {
      assertThat(tries).as(count).isLessThan(100);
      Thread.sleep(50);
    }
  }

  private static FleetFixture asked(TemporaryPostgres server) throws Exception {
    FleetFixture fleet = new FleetFixture();
    var host = fleet.host("db1", "10.0.0.21");
    for (Probe<?> probe :
        List.of(
            PostgresSettings.PROBE,
            PostgresHealth.PROBE,
            PostgresHba.PROBE,
            PostgresTables.PROBE)) {
      host.answers(probe, server.answer(probe, "postgres", "sh"));
    }
    host.answers(PostgresActivity.PROBE, server.answer(PostgresActivity.PROBE, "postgres", "sh"));
    host.answersAtEnd(
        PostgresActivity.PROBE, server.answer(PostgresActivity.PROBE, "postgres", "sh").output());
    return fleet;
  }

  private static List<Finding> judged(Fleet fleet) {
    return Checks.ALL.stream()
        .filter(check -> check.info().id().startsWith("postgres."))
        .flatMap(check -> check.judge(fleet).stream())
        .toList();
  }

  private static void assertSettings(int version, List<PostgresSettings> servers) {
    assertThat(servers)
        .hasSize(2)
        .allSatisfy(settings -> {
          assertThat(settings.version() / 10_000).isEqualTo(version);
          assertThat(settings.value("max_prepared_transactions")).isEqualTo("5");
          assertThat(settings.value("password_encryption")).isIn("md5", "scram-sha-256");
          assertThat(settings.value("archive_command")).isEqualTo(PostgresSettings.WITHHELD);
          assertThat(settings.overrides()).hasSize(1);
        });
  }

  private static void assertActivity(int version, List<PostgresActivity> servers) {
    PostgresActivity primary = servers.getFirst();
    assertThat(primary.sessions()).anyMatch(sessions -> sessions.waitsFor().equals("Lock"));
    assertThat(primary.databases()).anyMatch(database -> database.name().equals("app"));
    assertThat(primary.standbys()).hasSize(1);
    assertThat(primary.statements())
        .hasValueSatisfying(statements -> assertThat(statements.calls()).isGreaterThan(5));
    assertThat(primary.wal().isPresent()).isEqualTo(version >= 14);
    assertThat(primary.evictions().isPresent()).isEqualTo(version >= 14);
  }

  private static void assertHba(List<PostgresHba> servers) {
    assertThat(servers)
        .hasSize(2)
        .allSatisfy(hba -> {
          assertThat(hba.whole()).isTrue();
          assertThat(hba.rules())
              .hasSize(6)
              .allMatch(rule -> rule.method().equals("trust") && rule.error().isEmpty());
        });
  }

  private static void assertTables(List<PostgresTables> servers) {
    assertThat(servers).hasSize(2);
    assertThat(servers.getLast().inRecovery()).isTrue();
    assertThat(servers.getLast().asked()).isEmpty();
    PostgresTables primary = servers.getFirst();
    assertThat(primary.databases()).isEqualTo(2);
    assertThat(primary.asked())
        .extracting(Database::name)
        .containsExactlyInAnyOrder("app", "postgres");
    Database app =
        primary.asked().stream().filter(one -> one.name().equals("app")).findFirst().orElseThrow();
    assertThat(app.counting()).isPresent();
    assertThat(app.unestimated()).isZero();
    assertThat(app.hiddenSequences()).isZero();
    assertThat(app.bloat().orElseThrow())
        .extracting(bloat -> bloat.relation().name())
        .containsExactlyInAnyOrder(
            "child", "child_pkey", "child_pad", "child_pad_id", "child_id_again");
    assertThat(app.bloat().orElseThrow())
        .as("three of four rows are gone; the estimate of what is left errs by a tenth")
        .allSatisfy(bloat ->
            assertThat(bloat.wasted().value() / (double) bloat.size().value())
                .as(bloat.relation().name())
                .isBetween(0.65, 0.85));
    assertThat(app.unused().orElseThrow())
        .extracting(unused -> unused.index().name())
        .containsExactlyInAnyOrder("child_pad", "child_pad_id");
    assertThat(app.redundant().orElseThrow())
        .extracting(index -> index.index().name() + " by " + index.covering())
        .containsExactlyInAnyOrder("child_pad by child_pad_id", "child_id_again by child_pkey");
    assertThat(app.unindexed().orElseThrow())
        .as("an index serves whose rows have all values of the key, whatever else they have")
        .singleElement()
        .satisfies(key -> {
          assertThat(key.columns()).containsExactly("parent");
          assertThat(key.referenced()).isEqualTo("parent");
          assertThat(key.deleted()).isEqualTo(1);
        });
    assertThat(app.scanned()).contains(List.of());
    assertThat(app.stale().orElseThrow())
        .singleElement()
        .satisfies(late -> {
          assertThat(late.table()).hasToString("public.late");
          assertThat(late.dead()).isEqualTo(15_000);
          assertThat(late.analyzed()).isFalse();
        });
    assertThat(app.sequences().orElseThrow())
        .singleElement()
        .satisfies(sequence -> {
          assertThat(sequence.used().value()).isBetween(93.0, 93.3);
          assertThat(sequence.left()).isEqualTo(147_483_647);
          assertThat(sequence.column()).isEqualTo("public.n.id (integer)");
        });
  }

  private static void assertHealth(int version, List<PostgresHealth> servers) {
    assertThat(servers)
        .extracting(PostgresHealth::port)
        .containsExactly(TemporaryPostgres.PORT, TemporaryPostgres.STANDBY_PORT);
    assertThat(servers)
        .allSatisfy(health -> {
          assertThat(health.ages()).isPresent();
          assertThat(health.archiver()).isPresent();
          assertThat(health.checkpoints()).isPresent();
          assertThat(health.slots()).isPresent();
          assertThat(health.collations().isPresent()).isEqualTo(version >= 15);
          assertThat(health.mistakes()).contains(List.of());
          assertThat(health.counters().orElseThrow())
              .allMatch(counters -> counters.counting().isPresent())
              .allMatch(counters -> counters.checksumFailures().isPresent())
              .anyMatch(counters -> counters.sessions().isPresent() == version >= 14);
          assertThat(health.indexes().orElseThrow())
              .contains(new PostgresHealth.Indexes("app", 1, "public.t_v"));
          assertThat(health.unvacuumed().orElseThrow())
              .contains(new PostgresHealth.Unvacuumed("app", 2, "public.child"));
          assertThat(health.horizon()).isPresent();
          assertThat(health.history()).map(History::timeline).contains(1);
          assertThat(health.asked()).contains("timeline", "tablespaces", "indexes", "unvacuumed");
          assertThat(health.backlog()).map(PostgresHealth.Backlog::files).contains(0L);
          assertThat(health.roles().orElseThrow())
              .contains(
                  new PostgresHealth.Role("postgres", true, Optional.empty()),
                  new PostgresHealth.Role("endless", false, Optional.empty()),
                  new PostgresHealth.Role(
                      "distant", false, Optional.of(Instant.parse("9999-12-31T00:00:00Z"))),
                  new PostgresHealth.Role(
                      "app", false, Optional.of(Instant.parse("2100-01-01T00:00:00Z"))));
        });
    PostgresHealth primary = servers.getFirst();
    assertThat(primary.horizon().orElseThrow())
        .extracting(PostgresHealth.Horizon::kind)
        .contains("session", "prepared");
    assertThat(oldest(primary, "session"))
        .as("the vacuum that began before holds nobody back")
        .isEqualTo(oldest(primary, "prepared"));
    assertThat(primary.shadowed().orElseThrow())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.setting()).isEqualTo("max_wal_size");
          assertThat(line.file()).endsWith("/postgresql.conf");
          assertThat(line.byFile()).endsWith("/postgresql.auto.conf");
        });
    assertThat(servers.getLast().shadowed()).contains(List.of());
    assertThat(primary.inRecovery()).isFalse();
    assertThat(primary.inside()).contains(List.of("inside"));
    assertThat(servers).extracting(PostgresHealth::history).containsOnly(primary.history());
    assertThat(primary.transactions().orElseThrow()).as("with the vacuum's").hasSize(3);
    assertThat(primary.blocked().orElseThrow())
        .singleElement()
        .satisfies(blocked -> {
          assertThat(blocked.lock()).isEqualTo("transactionid");
          assertThat(blocked.blocker()).isEqualTo("postgres");
          assertThat(blocked.blockerState()).isEqualTo("active");
        });
    assertThat(primary.prepared().orElseThrow()).hasSize(1);
    assertThat(primary.slots().orElseThrow())
        .singleElement()
        .satisfies(slot -> {
          assertThat(slot.retained()).isPresent();
          assertThat(slot.walStatus()).isEqualTo(version >= 13 ? "reserved" : "");
        });
    assertThat(primary.standbys().orElseThrow())
        .singleElement()
        .satisfies(standby -> assertThat(standby.state()).isEqualTo("streaming"));
    PostgresHealth standby = servers.getLast();
    assertThat(standby.inRecovery()).isTrue();
    assertThat(standby.receivers()).isEqualTo(1);
    assertThat(standby.replayed()).isPresent();
  }

  private static long oldest(PostgresHealth health, String kind) {
    return health.horizon().orElseThrow().stream()
        .filter(holder -> holder.kind().equals(kind))
        .mapToLong(PostgresHealth.Horizon::age)
        .max()
        .orElseThrow();
  }

  private static Path archive(int version) throws IOException {
    Path directory = ARCHIVES.resolve(String.valueOf(version));
    assumeTrue(
        Files.isDirectory(directory), "the build did not unpack PostgreSQL %d".formatted(version));
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".txz")).findFirst().orElseThrow();
    }
  }
}
