package dev.earshot.history;

import dev.earshot.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What went wrong, in sentences that say what to do.
final class HistoryTrouble {

  private HistoryTrouble() {}

  static HistoryException of(HistoryLocation location, Exception trouble) {
    return new HistoryException(
        Printable.of("the history in %s %s".formatted(location.label(), reason(trouble))), trouble);
  }

  private static String reason(Exception trouble) {
    return switch (trouble) {
      case AccessDeniedException _ ->
          "can't be written: access is denied; choose another place by --history FILE";
      case FileSystemException wrong ->
          "can't be made: %s; choose another place by --history FILE"
              .formatted(wrong.getReason() == null ? wrong.getMessage() : wrong.getReason());
      case IOException wrong -> "can't be used: " + wrong.getMessage();
      case SQLiteException sqlite -> ofSqlite(sqlite);
      case SQLException sql when sql.getCause() instanceof NativeLibraryNotFoundException ->
          "can't be opened: SQLite's library can't be loaded from the folder for temporary files;"
              + " does that forbid programs (noexec)? JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER"
              + " chooses another";
      case SQLException sql -> ofSql(sql);
      case FlywayException migration when sql(migration) instanceof SQLException sql -> reason(sql);
      default -> "can't be used: " + firstLine(trouble.getMessage());
    };
  }

  private static String ofSqlite(SQLiteException trouble) {
    return switch (primary(trouble.getResultCode())) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is busy: another process has been writing to it for too long; is one stuck?";
      case SQLITE_NOTADB ->
          "is no SQLite file: move it away, or choose another place by --history FILE";
      case SQLITE_CORRUPT -> "is damaged: move it away, and the next audit begins a new one";
      case SQLITE_FULL -> "can't be written: the file system is full";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          "can't be written: access is denied; choose another place by --history FILE";
      default -> "can't be used: " + firstLine(trouble.getMessage());
    };
  }

  /// Extended codes hold the primary one in their lowest byte.
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  private static String ofSql(SQLException trouble) {
    String state = String.valueOf(trouble.getSQLState());
    String said = firstLine(trouble.getMessage());
    return switch (state) {
      case "28P01", "28000", "08004" ->
          "does not let us in: %s; see PGPASSWORD or ~/.pgpass".formatted(said);
      case "3D000" -> "is not there: %s; create it with createdb".formatted(said);
      case "42501", "25006" ->
          "may not be written: %s; the role wants CREATE on the schema once, and then to own the"
                  .formatted(said)
              + " tables";
      case String lost when lost.startsWith("08") -> "can't be reached: " + said;
      default -> "can't be used: " + said;
    };
  }

  private static @Nullable Throwable sql(Throwable trouble) {
    for (Throwable cause = trouble.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return cause;
      }
    }
    return null;
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason was given" : message.lines().findFirst().orElse("");
  }
}
