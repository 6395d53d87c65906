package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a PostgreSQL server is: what is open, what waits, what it keeps and what it counted.
///
/// Asked once: its counters are told with the time since they count, so that rates follow from one
/// answer; over a window of seconds, deadlocks and checkpoints would tell nothing. A list that is
/// not there at all is one that the server did not show us, or its version does not have, or that
/// earlier versions of Earshot did not ask for.
///
/// @param inRecovery whether it is a standby
/// @param receivers processes that receive WAL from a primary
/// @param replayed age of the last transaction that a standby repeated
/// @param transactions open ones of clients, the oldest 20
/// @param blocked sessions that wait for a lock, at most 20
/// @param prepared transactions that wait for the second phase of their commit, the oldest 20
/// @param ages of databases, the oldest 20
/// @param counters of databases, damaged ones first, then the busiest, at most 20
/// @param slots for replication that outlive their session, those that keep most first, at most 20
/// @param standbys those furthest behind first, at most 20
/// @param collations of databases, those that differ first, at most 20 (PostgreSQL 15 and later)
/// @param mistakes in configuration files, at most 20
/// @param indexes of the busiest databases
/// @param horizon who holds back vacuum, those who hold back most first, at most 20
/// @param shadowed lines of configuration files of which another one with another value wins, where
///   that is one of the same file or of `ALTER SYSTEM`, at most 20
/// @param backlog of WAL that waits to be archived
/// @param roles that can log in, superusers first, at most 200
/// @param unvacuumed of the busiest databases
/// @param workers of autovacuum
/// @param notifications how much of the room for those is taken that no listener has fetched
/// @param history which one of which database it writes or follows
/// @param inside tablespaces that lie in its data directory by their paths, at most 20
/// @param asked the names of the lists that it was asked for
public record PostgresHealth(
    PostgresServer server,
    boolean inRecovery,
    int receivers,
    Optional<Duration> replayed,
    Optional<List<Transaction>> transactions,
    Optional<List<Blocked>> blocked,
    Optional<List<Prepared>> prepared,
    Optional<List<Age>> ages,
    Optional<List<Counters>> counters,
    Optional<List<Slot>> slots,
    Optional<Archiver> archiver,
    Optional<Checkpoints> checkpoints,
    Optional<List<Standby>> standbys,
    Optional<List<Collation>> collations,
    Optional<List<Mistake>> mistakes,
    Optional<List<Indexes>> indexes,
    Optional<List<Horizon>> horizon,
    Optional<List<Shadowed>> shadowed,
    Optional<Backlog> backlog,
    Optional<List<Role>> roles,
    Optional<List<Unvacuumed>> unvacuumed,
    Optional<Workers> workers,
    Optional<Percent> notifications,
    Optional<History> history,
    Optional<List<String>> inside,
    Set<String> asked) {

  /// An open transaction of a client.
  ///
  /// @param open since when it is
  /// @param inState since when the session is `active`, `idle in transaction`, …
  public record Transaction(
      String role, String database, String state, Duration open, Duration inState) {}

  /// A session that waits for a lock.
  ///
  /// @param lock what kind of thing is locked: `relation`, `transactionid`, …
  /// @param waiting since when; before PostgreSQL 14, since its statement began
  /// @param blocker role of one that stands in its way; empty where none was seen
  /// @param blockerState what that one does
  public record Blocked(
      String role,
      String database,
      String lock,
      Duration waiting,
      String blocker,
      String blockerState) {}

  /// A transaction of `PREPARE TRANSACTION`.
  public record Prepared(String role, String database, Duration age) {}

  /// How many ids were given out since a database was last frozen.
  public record Age(String database, long transactions, long multixacts) {}

  /// What a database counted.
  ///
  /// @param database empty: what all databases share
  /// @param checksumFailures pages that were damaged; nothing where pages have no checksums
  /// @param blocksHit blocks found in shared buffers
  /// @param blocksRead blocks asked of the kernel
  /// @param sessions ended ones that were counted, and how they ended (PostgreSQL 14 and later)
  /// @param counting since when, at most
  public record Counters(
      String database,
      long deadlocks,
      long tempFiles,
      Bytes tempBytes,
      long conflicts,
      Optional<Long> checksumFailures,
      long blocksHit,
      long blocksRead,
      Optional<Ends> sessions,
      Optional<Duration> counting) {}

  /// How sessions ended.
  ///
  /// @param all sessions that were begun
  /// @param abandoned the client went away
  /// @param fatal by an error
  /// @param killed by an operator
  public record Ends(long all, long abandoned, long fatal, long killed) {}

  /// Keeps WAL for somebody who follows.
  ///
  /// @param walStatus `reserved`, `extended`, `unreserved`, `lost`; empty before PostgreSQL 13
  /// @param synced copied from the primary, by which nobody follows until a failover
  /// @param retained how much WAL it keeps; nothing where it keeps none
  /// @param safe how much more WAL can be written before it is given up; nothing where it never is,
  ///   and before PostgreSQL 13
  public record Slot(
      String name,
      String type,
      boolean active,
      String walStatus,
      boolean synced,
      Optional<Bytes> retained,
      Optional<Bytes> safe) {}

  /// What became of WAL files that were to be archived.
  ///
  /// @param archived WAL files archived since the statistics were reset
  /// @param failed attempts that failed since
  /// @param archivedAgo when the last one succeeded
  /// @param failedAgo when the last one failed
  public record Archiver(
      long archived, long failed, Optional<Duration> archivedAgo, Optional<Duration> failedAgo) {}

  /// Why checkpoints were begun.
  ///
  /// @param timed begun because it was time
  /// @param requested begun because there was too much WAL, or by command
  public record Checkpoints(long timed, long requested, Optional<Duration> counting) {}

  /// A server that replicates from this one.
  ///
  /// @param replay how long it took the newest WAL to be repeated there; nothing where none flows
  /// @param behind how much WAL it has still to repeat; nothing where that is not shown
  public record Standby(
      String name,
      Optional<Address> client,
      String state,
      Optional<Duration> write,
      Optional<Duration> flush,
      Optional<Duration> replay,
      Optional<Bytes> behind) {}

  /// The version of its collation that a database was made with, and that of the system; empty
  /// where the collation has none.
  public record Collation(String database, String recorded, String actual) {}

  /// A line of a configuration file that the server can't use.
  ///
  /// @param setting empty where the line could not be read at all
  public record Mistake(String file, int line, String setting, String error) {}

  /// Indexes of a database that are written, and never read: building them failed.
  ///
  /// @param example name of one
  public record Indexes(String database, long invalid, String example) {}

  /// Somebody whose view of the data vacuum has to respect.
  ///
  /// @param kind `session`, `process` (of the server's own), `standby` (by its feedback), `slot`,
  ///   `catalog` (of a logical slot), or `prepared`
  /// @param name of the role, of the kind of process, the standby or the slot
  /// @param age in transactions that have begun since
  public record Horizon(String kind, String name, long age) {}

  /// A line that does not hold.
  ///
  /// @param byFile and byLine, which holds instead
  public record Shadowed(String setting, String file, int line, String byFile, int byLine) {}

  /// WAL files that are to be archived.
  ///
  /// @param waiting of the oldest
  public record Backlog(long files, Optional<Duration> waiting) {}

  /// A role that can log in.
  ///
  /// @param validUntil when its password ends; nothing where it does not
  public record Role(String name, boolean superuser, Optional<Instant> validUntil) {}

  /// Tables of a database that autovacuum leaves alone.
  ///
  /// @param example name of one
  public record Unvacuumed(String database, long tables, String example) {}

  /// Autovacuum's workers at the moment.
  ///
  /// @param youngest since when the last one to begin is at work; nothing where none is
  public record Workers(int busy, Optional<Duration> youngest) {}

  /// What a server has of a database's history.
  ///
  /// @param system its identifier, which all copies of one `initdb` share
  /// @param timeline a promotion begins the next one
  public record History(String system, int timeline) {}

  public static final Probe<List<PostgresHealth>> PROBE =
      Probe.of(
              "postgres.health",
              "PostgreSQL's oldest transactions, lock waits, replication slots and standbys, archiving, checkpoints, age of databases, counted deadlocks, temporary files and damaged pages, mistakes and contradictions in configuration files, what holds back vacuum, which roles can log in, invalid indexes, tables that autovacuum leaves alone, its workers, notifications that nobody fetched, its timeline, and tablespaces inside its data directory.",
              PostgresHealthProgram.COMMAND,
              PostgresHealthTables::parse)
          .needing(Psql.PRIVILEGE + "; mistakes in files: a superuser")
          .guardedBy(Psql.GUARD);

  static final SqlProgram PROGRAM = SqlProgram.of(PROBE, PostgresHealthProgram.STATEMENTS);

  public PostgresHealth {
    transactions = transactions.map(List::copyOf);
    blocked = blocked.map(List::copyOf);
    prepared = prepared.map(List::copyOf);
    ages = ages.map(List::copyOf);
    counters = counters.map(List::copyOf);
    slots = slots.map(List::copyOf);
    standbys = standbys.map(List::copyOf);
    collations = collations.map(List::copyOf);
    mistakes = mistakes.map(List::copyOf);
    indexes = indexes.map(List::copyOf);
    horizon = horizon.map(List::copyOf);
    shadowed = shadowed.map(List::copyOf);
    roles = roles.map(List::copyOf);
    unvacuumed = unvacuumed.map(List::copyOf);
    inside = inside.map(List::copyOf);
    asked = Set.copyOf(asked);
  }

  public int port() {
    return server.port();
  }
}
