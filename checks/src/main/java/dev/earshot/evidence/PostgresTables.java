package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The tables, indexes and sequences of a PostgreSQL server that deserve a look, by what its
/// catalogue and its statistics say: no row of a user is read.
///
/// Asked with [Depth#DEEP] alone, and after the window, lest it counts among what is measured. A
/// list that is not there at all is one that the server did not show us. Sizes are those of the
/// last `VACUUM` or `ANALYZE`; what is smaller than [PostgresTablesProgram#SMALLEST] is left out.
///
/// @param inRecovery whether it is a standby; of those nothing is asked, as their tables are their
///   primary's
/// @param databases how many it has, templates aside
/// @param asked the busiest of them, at most 8
public record PostgresTables(
    PostgresServer server, boolean inRecovery, int databases, List<Database> asked) {

  /// One database. Each list has at most 20 entries, the worst first.
  ///
  /// @param unestimated large tables whose statistics are not there or not shown, so that nobody
  ///   can tell how full they are
  /// @param hiddenSequences sequences whose value is not shown
  /// @param counting since when its statistics count, at most
  /// @param unindexed foreign keys
  public record Database(
      String name,
      int unestimated,
      int hiddenSequences,
      Optional<Duration> counting,
      Optional<List<Bloat>> bloat,
      Optional<List<Unused>> unused,
      Optional<List<Redundant>> redundant,
      Optional<List<ForeignKey>> unindexed,
      Optional<List<Scanned>> scanned,
      Optional<List<Stale>> stale,
      Optional<List<Sequence>> sequences) {

    public Database {
      bloat = bloat.map(List::copyOf);
      unused = unused.map(List::copyOf);
      redundant = redundant.map(List::copyOf);
      unindexed = unindexed.map(List::copyOf);
      scanned = scanned.map(List::copyOf);
      stale = stale.map(List::copyOf);
      sequences = sequences.map(List::copyOf);
    }
  }

  /// A table, an index or a sequence.
  public record Relation(String schema, String name) {
    @Override
    public String toString() {
      return schema + "." + name;
    }
  }

  /// A table (without what it keeps in TOAST) or a B-tree.
  ///
  /// @param wasted how much of it its rows would not need, as estimated from their number and the
  ///   average widths of their columns
  public record Bloat(boolean index, Relation relation, Bytes size, Bytes wasted) {}

  /// An index that no query has used since the statistics count, and that neither keeps rows unique
  /// nor begins with a foreign key's column.
  public record Unused(Relation index, String table, Bytes size) {}

  /// An index that another one of its table can stand in for: it has the same columns, or begins
  /// with them.
  public record Redundant(Relation index, String covering, Bytes size) {}

  /// A foreign key whose own columns no index begins with.
  ///
  /// @param columns of the table
  /// @param referenced the table that it points to
  /// @param deleted rows of that one that were deleted since the statistics count
  public record ForeignKey(
      Relation table,
      String constraint,
      List<String> columns,
      String referenced,
      Bytes size,
      long deleted) {

    /// Whether a foreign key `f` of `pg_constraint` has no index, for SQL. One that leaves out rows
    /// without a value in one of the key's own columns serves as well; one that leaves out others,
    /// or never became valid, does not.
    public static final String UNINDEXED =
        "not exists (select from pg_index i where i.indrelid = f.conrelid and i.indisvalid and (i.indpred is null or exists (select from pg_attribute k where k.attrelid = f.conrelid and k.attnum = any(f.conkey) and pg_get_expr(i.indpred, i.indrelid) = '(' || quote_ident(k.attname) || ' IS NOT NULL)')) and (i.indkey::int2[])[0: cardinality(f.conkey) - 1] @> f.conkey)";

    public ForeignKey {
      columns = List.copyOf(columns);
    }
  }

  /// A table of 100 MiB or more.
  ///
  /// @param read rows that were read by going through it from its beginning
  public record Scanned(Relation table, Bytes size, long rows, long read) {}

  /// A table that `VACUUM` or `ANALYZE` has some reason to visit.
  ///
  /// @param dead rows that nobody can see any more
  /// @param modified rows since it was analyzed
  public record Stale(
      Relation table, long live, long dead, long modified, boolean vacuumed, boolean analyzed) {}

  /// A sequence that ends.
  ///
  /// @param used of what it can give out, or of what the column that owns it can hold
  /// @param left numbers to give out, 10^15 at most
  /// @param column that owns it, with its type; empty where none does
  public record Sequence(Relation sequence, Percent used, long left, String column) {}

  public static final Probe<List<PostgresTables>> PROBE =
      Probe.of(
              "postgres.tables",
              "Only with --deep: which tables and indexes of the busiest databases have much empty room, are not used, redundant or missing, are read as a whole, are late to be vacuumed or analyzed, and which sequences near their end; by PostgreSQL's catalogue and statistics alone.",
              PostgresTablesProgram.COMMAND,
              PostgresTablesReading::parse)
          .needing(
              Psql.PRIVILEGE
                  + "; how full tables are, and sequences: a superuser, or pg_read_all_data")
          .guardedBy(Psql.GUARD)
          .within(Duration.ofSeconds(60));

  static final SqlProgram PROGRAM = SqlProgram.of(PROBE, PostgresTablesProgram.STATEMENTS);

  public PostgresTables {
    asked = List.copyOf(asked);
  }
}
