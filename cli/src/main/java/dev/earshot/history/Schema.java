package dev.earshot.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings the tables up to date. Flyway does it, and is not even loaded where there is nothing to
/// do: it takes longer to start than an audit's other work on the history.
final class Schema {

  /// That of the last migration.
  static final int VERSION = 1;

  private static final String OURS = "earshot_";
  private static final String APPLIED = OURS + "schema_history";

  /// Of the advisory lock in PostgreSQL: "earshot" in ASCII.
  private static final long TURN = 0x65617273686f74L;

  /// A process's own file locks do not hold off its other threads.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final HistoryLocation location;
  private final DataSource source;

  Schema(HistoryLocation location, DataSource source) {
    this.location = location;
    this.source = source;
  }

  void prepare(Connection connection) throws SQLException, IOException {
    if (location instanceof PostgresDatabase) {
      TeamSchema.enter(location, connection);
    }
    int found = version(connection);
    if (found < VERSION) {
      switch (location) {
        case SqliteFile sqlite -> migrateAlone(sqlite.file(), connection);
        case PostgresDatabase _ -> migrateInTurn(connection);
      }
    } else if (found > VERSION) {
      throw new HistoryException(
          "the history in %s was written by a newer Earshot, whose schema is %d where this one's is %d: use that one, or choose another place by --history"
              .formatted(location.label(), found, VERSION));
    }
  }

  /// Flyway locks its table, but two that both find none get in each other's way while they make
  /// it.
  private void migrateInTurn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(TURN));
      try {
        if (version(connection) < VERSION) {
          migrate(connection.getSchema());
        }
      } finally {
        statement.execute("SELECT pg_advisory_unlock(%d)".formatted(TURN));
      }
    }
  }

  /// Flyway can't lock SQLite's tables. The lock is on a file of its own: to close the database's
  /// would take SQLite's locks away, too.
  private void migrateAlone(Path file, Connection connection) throws SQLException, IOException {
    IN_PROCESS.lock();
    try (FileChannel channel =
            FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                SqliteFile.OWN_FILE);
        FileLock _ = channel.lock()) {
      if (version(connection) < VERSION) {
        refuseOthers(file, connection);
        migrate(null);
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  /// A file that some other program made is none of ours.
  private static void refuseOthers(Path file, Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        if (!tables.getString("TABLE_NAME").startsWith(OURS)) {
          throw new HistoryException(
              "%s holds something else than a history: choose another place by --history FILE"
                  .formatted(file));
        }
      }
    }
  }

  /// @param schema where the tables go; nothing where there is only one
  private void migrate(@Nullable String schema) throws FlywayException {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .defaultSchema(schema)
        .createSchemas(false)
        .locations("classpath:dev/earshot/history/migrations")
        .placeholders(location.types())
        .table(APPLIED)
        .baselineOnMigrate(location instanceof PostgresDatabase) // others' tables may be there, too
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /// 0 where there is nothing yet.
  private static int version(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), APPLIED, null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet applied =
            statement.executeQuery(
                "SELECT version FROM %s WHERE success ORDER BY installed_rank DESC LIMIT 1"
                    .formatted(APPLIED))) {
      return applied.next() ? Integer.parseInt(applied.getString(1)) : 0;
    }
  }
}
