package dev.earshot.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.recording.SavedAudit;
import dev.earshot.report.AuditReport;
import dev.earshot.report.Trends;
import dev.earshot.report.Trends.Trend;
import dev.earshot.report.json.JsonRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store does.
abstract class HistoryContract {

  @TempDir Path folder;

  /// A place with nothing in it, another one for each test.
  abstract HistoryLocation location();

  /// The same as a user writes it.
  abstract String written();

  /// What a process needs to be let in.
  abstract Map<String, String> environment();

  @Test
  void whatIsKeptComesBackAsItWas() {
    try (History history = History.open(location())) {
      long id = history.keep(Incident.run());

      KeptRun run = history.run(id).orElseThrow();
      assertThat(run)
          .isEqualTo(
              new KeptRun(
                  id,
                  Instant.parse(Incident.REPORT.takenAt()),
                  Incident.INVENTORY,
                  "test",
                  1,
                  Incident.REPORT.hosts().size(),
                  run.failed()));
      assertThat(run.failed().critical())
          .isEqualTo(Incident.REPORT.summary().critical())
          .isPositive();
      assertThat(JsonRenderer.json(history.report(run)))
          .isEqualTo(JsonRenderer.json(Incident.REPORT));
      SavedAudit last = history.lastEvidence(Incident.INVENTORY).orElseThrow();
      assertThat(last.recording()).isEqualTo(Incident.RECORDING);
      assertThat(last.judging()).isEqualTo(Incident.JUDGING);
      assertThat(history.run(id + 1)).isEmpty();
    }
  }

  @Test
  void theNewestIsListedFirst() {
    Inventory other = new Inventory("/etc/ansible/hosts.yml", "web");
    try (History history = History.open(location())) {
      long first = history.keep(Incident.run());
      long second = history.keep(Incident.of(other, Incident.REPORT));
      long third = history.keep(Incident.run());
      assertThat(history.runs(10)).extracting(KeptRun::id).containsExactly(third, second, first);
      assertThat(history.runs(2))
          .extracting(KeptRun::inventory)
          .containsExactly(Incident.INVENTORY, other);
    }
  }

  @Test
  void onlyTheLastRunOfAnInventoryHoldsItsEvidence() throws SQLException {
    Inventory other = new Inventory("/home/other/hosts", "");
    try (History history = History.open(location())) {
      history.keep(Incident.of(other, Incident.REPORT));
      history.keep(Incident.run());
      history.keep(Incident.run());
      assertThat(history.lastEvidence(other)).isPresent();
      assertThat(history.lastEvidence(new Inventory("/none", ""))).isEmpty();
    }
    assertThat(number("SELECT count(*) FROM earshot_run WHERE evidence IS NOT NULL")).isEqualTo(2);
  }

  /// The parts of a fleet may be joined when another audit was made since.
  @Test
  void whatBeganLaterIsTheNewerThoughItWasKeptBefore() throws SQLException {
    try (History history = History.open(location())) {
      long newer = history.keep(Incident.run());
      execute("UPDATE earshot_run SET started = '2999-11-02T03:00:00Z' WHERE id = " + newer);
      long older = history.keep(Incident.run());

      assertThat(history.runs(10)).extracting(KeptRun::id).containsExactly(newer, older);
      assertThat(history.last()).map(KeptRun::id).contains(newer);
      assertThat(number("SELECT id FROM earshot_run WHERE evidence IS NOT NULL AND id = " + newer))
          .isEqualTo(newer);
      assertThat(number("SELECT count(*) FROM earshot_run WHERE evidence IS NOT NULL"))
          .isEqualTo(1);
      assertThat(history.trends(history.run(older).orElseThrow(), Incident.REPORT).runs())
          .isEqualTo(1);
      assertThat(history.trends(history.run(newer).orElseThrow(), Incident.REPORT))
          .satisfies(trends -> {
            assertThat(trends.runs()).isEqualTo(2);
            assertThat(trends.ceilings())
                .isNotEmpty()
                .allSatisfy(trend -> {
                  assertThat(trend.until()).isEmpty();
                  assertThat(trend.values()).doesNotContain(OptionalDouble.empty());
                });
          });
      assertThat(history.prune(1)).isEqualTo(1);
      assertThat(history.runs(10)).extracting(KeptRun::id).containsExactly(newer);
    }
  }

  @Test
  void pruningLeavesTheNewestOfEachInventory() throws SQLException {
    Inventory other = new Inventory("/home/other/hosts", "");
    try (History history = History.open(location())) {
      long lone = history.keep(Incident.of(other, Incident.REPORT));
      history.keep(Incident.run());
      history.keep(Incident.run());
      long last = history.keep(Incident.run());
      assertThat(history.prune(1)).isEqualTo(2);
      assertThat(history.prune(1)).isZero();
      assertThat(history.runs(10)).extracting(KeptRun::id).containsExactly(last, lone);
    }
    assertThat(number("SELECT count(DISTINCT run) FROM earshot_link")).isEqualTo(2);
    assertThat(number("SELECT count(DISTINCT run) FROM earshot_path")).isEqualTo(2);
  }

  @Test
  void anAuditPrunesItsOwnInventory() throws SQLException {
    Inventory other = new Inventory("/home/other/hosts", "");
    String copied =
        "started, inventory, limited, earshot_version, exit_code, hosts, critical, high, medium, low, info, report";
    try (History history = History.open(location())) {
      history.keep(Incident.run());
      for (int runs = 1; runs <= History.USUALLY_KEPT; runs *= 2) {
        execute("INSERT INTO earshot_run (%1$s) SELECT %1$s FROM earshot_run".formatted(copied));
      }
      long more = number("SELECT count(*) FROM earshot_run");
      history.keep(Incident.of(other, Incident.REPORT));
      assertThat(number("SELECT count(*) FROM earshot_run")).isEqualTo(more + 1);
      long last = history.keep(Incident.run());
      assertThat(history.runs(1000)).hasSize(History.USUALLY_KEPT + 1);
      assertThat(history.run(last)).isPresent();
    }
  }

  @Test
  void trendsFollowWhatTheReportMeasured() {
    try (History history = History.open(location())) {
      history.keep(Incident.of(Incident.INVENTORY, Incident.withRoundTrips(0.4)));
      history.keep(Incident.of(new Inventory("/other", ""), Incident.withRoundTrips(99)));
      history.keep(Incident.of(Incident.INVENTORY, Incident.withoutRoundTrips()));
      AuditReport now = Incident.withRoundTrips(25);
      KeptRun run = history.run(history.keep(Incident.of(Incident.INVENTORY, now))).orElseThrow();
      history.keep(Incident.of(Incident.INVENTORY, Incident.withRoundTrips(1)));

      Trends trends = history.trends(run, now);

      assertThat(trends.runs()).isEqualTo(3);
      assertThat(trends.since()).isEqualTo(Incident.REPORT.takenAt());
      assertThat(trends.roundTrips())
          .extracting(Trend::label)
          .contains("backend1 → db1 (kernel)", "lb1 → backend1 (icmp)");
      assertThat(trends.roundTrips())
          .allSatisfy(trend ->
              assertThat(trend.values())
                  .containsExactly(
                      OptionalDouble.of(0.4), OptionalDouble.empty(), OptionalDouble.of(25)));
      assertThat(trends.ceilings())
          .isNotEmpty()
          .allSatisfy(trend ->
              assertThat(trend.values()).hasSize(3).doesNotContain(OptionalDouble.empty()));
    }
  }

  @Test
  void whatIsSeenNoLongerStaysWithWhenItWasSeenLast() throws SQLException {
    try (History history = History.open(location())) {
      long first = history.keep(Incident.run());
      execute("UPDATE earshot_run SET started = '2026-11-01T03:00:00Z' WHERE id = " + first);
      long broken = history.keep(Incident.run());
      execute("UPDATE earshot_run SET started = '2026-11-02T03:00:00Z' WHERE id = " + broken);
      history.keep(Incident.of(Incident.INVENTORY, Incident.administered()));
      AuditReport now = Incident.withoutFlowsTo("db1");
      KeptRun run = history.run(history.keep(Incident.of(Incident.INVENTORY, now))).orElseThrow();

      Trends trends = history.trends(run, now);

      assertThat(trends.roundTrips())
          .filteredOn(trend -> trend.until().isEmpty())
          .isNotEmpty()
          .noneMatch(trend -> trend.label().contains("→ db1"));
      assertThat(trends.roundTrips().getLast().until()).contains("2026-11-02T03:00:00Z");
      assertThat(trends.roundTrips())
          .filteredOn(trend -> trend.label().equals("backend1 → db1 (kernel)"))
          .singleElement()
          .satisfies(trend -> {
            assertThat(trend.until()).contains("2026-11-02T03:00:00Z");
            assertThat(trend.values().subList(2, 4)).containsOnly(OptionalDouble.empty());
            assertThat(trend.values().subList(0, 2)).doesNotContain(OptionalDouble.empty());
          });
      assertThat(trends.ceilings())
          .isNotEmpty()
          .allSatisfy(trend -> assertThat(trend.until()).contains("2026-11-02T03:00:00Z"));
    }
  }

  @Test
  void whatAdministratorsAloneUseIsNotFollowed() {
    try (History history = History.open(location())) {
      AuditReport report = Incident.administered();
      history.keep(Incident.of(Incident.INVENTORY, report));
      KeptRun run =
          history.run(history.keep(Incident.of(Incident.INVENTORY, report))).orElseThrow();

      assertThat(history.trends(run, report).roundTrips()).isEmpty();
    }
  }

  @Test
  void whatFailsHalfWayLeavesNothing() throws SQLException {
    try (History history = History.open(location())) {
      execute("DROP TABLE earshot_path");
      assertThatThrownBy(() -> history.keep(Incident.run()))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining(location().label());
      assertThat(history.runs(10)).isEmpty();
    }
    assertThat(number("SELECT count(*) FROM earshot_link")).isZero();
  }

  @Test
  void manyMayBeginAndWriteAtOnce() throws Exception {
    int writers = 6;
    int each = 3;
    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        all.add(
            pool.submit(() -> {
              for (int run = 0; run < each; run++) {
                try (History history = History.open(location())) {
                  history.keep(Incident.run());
                }
              }
            }));
      }
      for (Future<?> one : all) {
        one.get(2, TimeUnit.MINUTES);
      }
    }
    assertThat(number("SELECT count(*) FROM earshot_run")).isEqualTo((long) writers * each);
    everyRunIsWhole();
  }

  @Test
  void processesThatAreKilledLeaveNothingHalfWritten() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      processes.add(start());
    }
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!haveAllWritten(processes) && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      for (Process process : processes) {
        Thread.sleep(37);
        process.destroyForcibly().waitFor();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    assertThat(number("SELECT count(*) FROM earshot_run")).as("%s", said()).isGreaterThan(3);
    everyRunIsWhole();
    try (History history = History.open(location())) {
      history.keep(Incident.run());
    }
  }

  @Test
  void aRowThatCannotBeReadIsLeftOutAndTold() throws SQLException {
    try (History history = History.open(location())) {
      long first = history.keep(Incident.run());
      long broken = history.keep(Incident.run());
      long last = history.keep(Incident.run());
      execute("UPDATE earshot_run SET started = 'yesterday' WHERE id = " + broken);

      assertThat(history.runs(10)).extracting(KeptRun::id).containsExactly(last, first);
      assertThat(history.remarks())
          .singleElement()
          .asString()
          .contains("run %d".formatted(broken))
          .contains("started");
      KeptRun run = history.run(last).orElseThrow();
      assertThat(history.trends(run, Incident.REPORT).runs()).isEqualTo(2);
      assertThatThrownBy(() -> history.run(broken))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("run %d".formatted(broken));
      execute("UPDATE earshot_run SET started = 'yesterday' WHERE id = " + last);
      assertThat(history.last()).map(KeptRun::id).contains(first);
    }
  }

  @Test
  void aReportThatIsNotWholeIsTold() throws SQLException, IOException {
    try (History history = History.open(location())) {
      KeptRun run = history.run(history.keep(Incident.run())).orElseThrow();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write("{\"schema\":\"earshot.report/1\"}".getBytes(StandardCharsets.UTF_8));
      }
      try (Connection connection = location().source().getConnection();
          PreparedStatement update =
              connection.prepareStatement("UPDATE earshot_run SET report = ?")) {
        update.setBytes(1, packed.toByteArray());
        update.executeUpdate();
      }
      assertThatThrownBy(() -> history.report(run))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("its report has no takenAt");
    }
  }

  @Test
  void aNewerEarshotsHistoryIsLeftAlone() throws SQLException {
    History.open(location()).close();
    execute("UPDATE earshot_schema_history SET version = '%d'".formatted(Schema.VERSION + 1));
    assertThatThrownBy(() -> History.open(location()))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("was written by a newer Earshot");
  }

  @Test
  void theSchemaIsTheOneThatTheProgramKnows() throws SQLException {
    History.open(location()).close();
    assertThat(number("SELECT max(CAST(version AS INTEGER)) FROM earshot_schema_history"))
        .isEqualTo(Schema.VERSION);
  }

  private void everyRunIsWhole() throws SQLException {
    long links =
        Incident.REPORT.links().stream()
            .filter(link -> link.distanceMs().isPresent())
            .map(link -> List.of(link.from(), link.to(), link.method()))
            .distinct()
            .count();
    assertThat(
            number(
                "SELECT count(*) FROM earshot_run r WHERE (SELECT count(*) FROM earshot_link l WHERE l.run = r.id) <> "
                    + links))
        .isZero();
    assertThat(
            number(
                "SELECT count(*) FROM earshot_run r WHERE NOT EXISTS (SELECT 1 FROM earshot_path p WHERE p.run = r.id)"))
        .isZero();
    assertThat(
            number(
                "SELECT count(*) FROM earshot_link WHERE run NOT IN (SELECT id FROM earshot_run)"))
        .isZero();
  }

  private boolean haveAllWritten(List<Process> processes) {
    assertThat(processes).as("%s", said()).allMatch(Process::isAlive);
    try {
      return number("SELECT count(*) FROM earshot_run") > 3L * processes.size();
    } catch (SQLException _) {
      return false; // there are no tables yet
    }
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KeepsForever.class.getName(),
                written())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()));
    builder.environment().putAll(environment());
    try {
      return builder.start();
    } catch (IOException unstarted) {
      throw new IllegalStateException(unstarted);
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException _) {
      return "";
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = location().source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  final void execute(String sql) throws SQLException {
    try (Connection connection = location().source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
