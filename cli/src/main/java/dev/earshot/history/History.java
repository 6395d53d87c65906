package dev.earshot.history;

import dev.earshot.recording.SavedAudit;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.AuditReport.Summary;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.Trends;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The audits that are kept in one place, open for reading and writing. Not for several threads at
/// once; several histories of the same place are.
public final class History implements AutoCloseable {

  /// Of one inventory: more than a year of nightly audits.
  public static final int USUALLY_KEPT = 500;

  private static final String COLUMNS =
      "id, started, inventory, limited, earshot_version, exit_code, hosts, critical, high, medium, low, info";

  /// By when audits began: the parts of a fleet may be joined long after.
  private static final String NEWEST = "started DESC, id DESC";

  /// More rows than these in a row that can't be read, and there is no history left.
  private static final int MOST_BROKEN = 100;

  private final HistoryLocation location;
  private final Connection connection;
  private final Statements statements;
  private final SequencedSet<String> remarks = new LinkedHashSet<>();

  private History(HistoryLocation location, Connection connection) {
    this.location = location;
    this.connection = connection;
    this.statements = new Statements(connection);
  }

  /// Opens a history, and makes it where there is none.
  ///
  /// @throws HistoryException if it can't be used
  public static History open(HistoryLocation location) {
    try {
      var source = location.source();
      Connection connection = source.getConnection();
      try {
        new Schema(location, source).prepare(connection);
        return new History(location, connection);
      } catch (SQLException | IOException | RuntimeException trouble) {
        connection.close();
        throw trouble;
      }
    } catch (HistoryException told) {
      throw told;
    } catch (SQLException | IOException | RuntimeException trouble) {
      throw HistoryTrouble.of(location, trouble);
    }
  }

  /// Keeps an audit, whole or not at all, and lets go of what is too old: of the inventory's runs
  /// beyond [#USUALLY_KEPT], and of the evidence of all but the last.
  ///
  /// @return its number
  public long keep(NewRun run) {
    return inTransaction(() -> {
      long id = insert(run);
      links(id, run.report());
      paths(id, run.report());
      statements.update(
          """
          UPDATE earshot_run SET evidence = NULL WHERE inventory = ? AND limited = ? AND evidence IS NOT NULL AND id <> (
            SELECT id FROM earshot_run WHERE inventory = ? AND limited = ? AND evidence IS NOT NULL ORDER BY %s LIMIT 1)
          """
              .formatted(NEWEST),
          run.inventory().name(),
          run.inventory().limit(),
          run.inventory().name(),
          run.inventory().limit());
      prune(run.inventory(), USUALLY_KEPT);
      return id;
    });
  }

  /// The last runs, the newest first, but those that can't be read.
  public List<KeptRun> runs(int most) {
    return told(() ->
        readable(
            statements.query(
                "SELECT %s FROM earshot_run ORDER BY %s LIMIT ?".formatted(COLUMNS, NEWEST),
                KeptRow::of,
                most)));
  }

  /// The newest run that can be read.
  public Optional<KeptRun> last() {
    return runs(MOST_BROKEN).stream().findFirst();
  }

  /// The run of that number.
  ///
  /// @throws HistoryException if its row can't be read
  public Optional<KeptRun> run(long id) {
    return told(() ->
            statements
                .query(
                    "SELECT %s FROM earshot_run WHERE id = ?".formatted(COLUMNS), KeptRow::of, id)
                .stream()
                .findFirst())
        .map(row ->
            row.run()
                .orElseThrow(() ->
                    new HistoryException(
                        "%s in the history in %s".formatted(row.remark(), location.label()))));
  }

  /// What was left out of all that was read so far, a sentence each.
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  private List<KeptRun> readable(List<KeptRow> rows) {
    rows.stream().filter(row -> row.run().isEmpty()).map(KeptRow::remark).forEach(remarks::add);
    return rows.stream().flatMap(row -> row.run().stream()).toList();
  }

  /// What the audit reported.
  public AuditReport report(KeptRun run) {
    return told(() ->
        statements
            .query(
                "SELECT report FROM earshot_run WHERE id = ?", rows -> rows.getBytes(1), run.id())
            .stream()
            .map(packed -> unpacked(Packed::report, packed))
            .findFirst()
            .orElseThrow(
                () -> new HistoryException("run %d was pruned just now".formatted(run.id()))));
  }

  /// What the hosts answered when an inventory's last run was made, and how that was judged.
  public Optional<SavedAudit> lastEvidence(Inventory inventory) {
    return told(() ->
        statements
            .query(
                "SELECT evidence FROM earshot_run WHERE inventory = ? AND limited = ? AND evidence IS NOT NULL ORDER BY %s LIMIT 1"
                    .formatted(NEWEST),
                rows -> rows.getBytes(1),
                inventory.name(),
                inventory.limit())
            .stream()
            .map(packed -> unpacked(Packed::evidence, packed))
            .findFirst());
  }

  /// What the runs of the same inventory measured, up to this one with its report.
  public Trends trends(KeptRun run, AuditReport report) {
    return new TrendSeries(this, upTo(run, TrendSeries.RUNS)).of(report);
  }

  /// The oldest first.
  private List<KeptRun> upTo(KeptRun run, int most) {
    return told(() ->
        readable(
                statements.query(
                    "SELECT %s FROM earshot_run WHERE inventory = ? AND limited = ? AND (started < ? OR (started = ? AND id <= ?)) ORDER BY %s LIMIT ?"
                        .formatted(COLUMNS, NEWEST),
                    KeptRow::of,
                    run.inventory().name(),
                    run.inventory().limit(),
                    run.started().toString(),
                    run.started().toString(),
                    run.id(),
                    most))
            .reversed());
  }

  /// The round trips of a link, by run, of echo requests the median and else the shortest; runs
  /// that did not measure it are missing.
  Map<Long, Double> roundTrips(List<KeptRun> runs, String from, String to, String method) {
    return series(
        "SELECT run, rtt_median_ms FROM earshot_link WHERE run BETWEEN ? AND ? AND from_host = ? AND to_host = ? AND method = ?",
        runs,
        from,
        to,
        method);
  }

  /// The ceilings of a path, by run.
  Map<Long, Double> ceilings(List<KeptRun> runs, String path) {
    return series(
        "SELECT run, serial_ceiling_per_second FROM earshot_path WHERE run BETWEEN ? AND ? AND path = ?",
        runs,
        path);
  }

  /// A path of requests, and the run that measured it.
  record KeptPath(long run, String path) {}

  /// The paths whose ceilings the runs measured: the newest run's first, in a run those with the
  /// lowest ceiling.
  List<KeptPath> paths(List<KeptRun> runs) {
    return told(() ->
        statements.query(
            "SELECT run, path FROM earshot_path JOIN earshot_run ON id = run WHERE run BETWEEN ? AND ? ORDER BY %s, serial_ceiling_per_second, path"
                .formatted(NEWEST),
            rows -> new KeptPath(rows.getLong(1), rows.getString(2)),
            first(runs),
            last(runs)));
  }

  /// Lets go of all but the newest runs of each inventory.
  ///
  /// @return how many are gone
  public int prune(int keep) {
    return inTransaction(() -> {
      int gone = 0;
      for (Inventory inventory :
          statements.query(
              "SELECT DISTINCT inventory, limited FROM earshot_run",
              rows -> new Inventory(rows.getString(1), rows.getString(2)))) {
        gone += prune(inventory, keep);
      }
      return gone;
    });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException trouble) {
      throw HistoryTrouble.of(location, trouble);
    }
  }

  private long insert(NewRun run) throws SQLException, IOException {
    AuditReport report = run.report();
    Summary summary = report.summary();
    return statements
        .query(
            "INSERT INTO earshot_run (started, inventory, limited, earshot_version, exit_code, hosts, critical, high, medium, low, info, report, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            rows -> rows.getLong(1),
            report.takenAt(),
            run.inventory().name(),
            run.inventory().limit(),
            report.earshotVersion(),
            run.exit(),
            report.hosts().size(),
            summary.critical(),
            summary.high(),
            summary.medium(),
            summary.low(),
            summary.info(),
            Packed.report(report),
            Packed.evidence(run.evidence(), run.judging()))
        .getFirst();
  }

  /// The kernel measures each service of a host apart: the nearest is the link's.
  private void links(long id, AuditReport report) throws SQLException {
    record Between(String from, String to, String method) {}
    SequencedMap<Between, Double> distances = new LinkedHashMap<>();
    for (LinkRow link : report.links()) {
      link.distanceMs()
          .ifPresent(ms ->
              distances.merge(new Between(link.from(), link.to(), link.method()), ms, Math::min));
    }
    statements.updateAll(
        "INSERT INTO earshot_link VALUES (?, ?, ?, ?, ?)",
        distances.entrySet().stream()
            .map(distance -> {
              Between link = distance.getKey();
              return new Object[] {id, link.from(), link.to(), link.method(), distance.getValue()};
            })
            .toList());
  }

  private void paths(long id, AuditReport report) throws SQLException {
    SequencedMap<String, Double> ceilings = new LinkedHashMap<>();
    for (BudgetRow budget : report.budgets()) {
      budget.serialCeilingPerSecond().ifPresent(rate -> ceilings.put(budget.label(), rate));
    }
    statements.updateAll(
        "INSERT INTO earshot_path VALUES (?, ?, ?)",
        ceilings.entrySet().stream()
            .map(ceiling -> new Object[] {id, ceiling.getKey(), ceiling.getValue()})
            .toList());
  }

  private int prune(Inventory inventory, int keep) throws SQLException {
    return statements.update(
        """
        DELETE FROM earshot_run WHERE inventory = ? AND limited = ? AND id NOT IN (
          SELECT id FROM earshot_run WHERE inventory = ? AND limited = ? ORDER BY %s LIMIT ?)
        """
            .formatted(NEWEST),
        inventory.name(),
        inventory.limit(),
        inventory.name(),
        inventory.limit(),
        keep);
  }

  private static long first(List<KeptRun> runs) {
    return runs.stream().mapToLong(KeptRun::id).min().orElseThrow();
  }

  private static long last(List<KeptRun> runs) {
    return runs.stream().mapToLong(KeptRun::id).max().orElseThrow();
  }

  private Map<Long, Double> series(String sql, List<KeptRun> runs, String... of) {
    List<Object> values = new ArrayList<>(List.of(first(runs), last(runs)));
    values.addAll(List.of(of));
    return told(() -> {
      Map<Long, Double> series = new LinkedHashMap<>();
      statements
          .query(sql, rows -> Map.entry(rows.getLong(1), rows.getDouble(2)), values.toArray())
          .forEach(one -> series.put(one.getKey(), one.getValue()));
      return series;
    });
  }

  /// Opens what was packed.
  private interface Opening<T> {
    T open(byte[] packed) throws IOException;
  }

  private <T> T unpacked(Opening<T> opening, byte[] packed) {
    try {
      return opening.open(packed);
    } catch (IOException broken) {
      throw HistoryTrouble.of(location, broken);
    }
  }

  /// What may go wrong.
  private interface Work<T> {
    T done() throws SQLException, IOException;
  }

  private <T> T told(Work<T> work) {
    try {
      return work.done();
    } catch (HistoryException told) {
      throw told;
    } catch (SQLException | IOException | RuntimeException trouble) {
      throw HistoryTrouble.of(location, trouble);
    }
  }

  private <T> T inTransaction(Work<T> work) {
    return told(() -> {
      connection.setAutoCommit(false);
      try {
        T done = work.done();
        connection.commit();
        return done;
      } catch (SQLException | IOException | RuntimeException trouble) {
        rollBack(trouble);
        throw trouble;
      } finally {
        connection.setAutoCommit(true);
      }
    });
  }

  private void rollBack(Exception trouble) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      trouble.addSuppressed(lost);
    }
  }
}
