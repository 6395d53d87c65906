package dev.earshot.history;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One file, for the user alone. A rollback journal rather than a write-ahead log: home folders lie
/// on network file systems, too, where a log's shared memory does not work.
public record SqliteFile(Path file) implements HistoryLocation {

  private static final int BUSY_MILLIS = 15_000;

  private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Override
  public String label() {
    return file.toString();
  }

  @Override
  public boolean isThere() {
    return Files.exists(file);
  }

  @Override
  public DataSource source() {
    make();
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public Map<String, String> types() {
    return Map.of(
        "id", "INTEGER PRIMARY KEY AUTOINCREMENT",
        "bytes", "BLOB",
        "real", "REAL");
  }

  /// SQLite gives its journal the permissions of the file.
  private void make() {
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent(), OWN_FOLDER);
      }
      Files.createFile(file, OWN_FILE);
    } catch (FileAlreadyExistsException _) {
      close();
    } catch (IOException unwritable) {
      throw HistoryTrouble.of(this, unwritable);
    }
  }

  /// A file that was there before may be open to others. Somebody else's is left to them.
  private void close() {
    try {
      if (Files.isRegularFile(file)) {
        Files.setPosixFilePermissions(file, OWN_FILE.value());
      }
    } catch (IOException _) {
      // it belongs to somebody else
    }
  }
}
