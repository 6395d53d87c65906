package dev.earshot.history;

import dev.earshot.python.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/// Where a history is kept.
public sealed interface HistoryLocation permits SqliteFile, PostgresDatabase {

  /// As people read it; without secrets.
  String label();

  /// Whether there can be anything to read yet.
  boolean isThere();

  /// Opens connections. Makes the place where that is up to us.
  DataSource source();

  /// What the two databases call differently, for the migrations.
  Map<String, String> types();

  /// The usual one: `$XDG_STATE_HOME/earshot/history.db`, in `~/.local/state` where that is not
  /// set.
  static HistoryLocation usual(Surroundings surroundings) {
    Path state = Path.of(surroundings.environment().getOrDefault("XDG_STATE_HOME", ""));
    return new SqliteFile(
        (state.isAbsolute() ? state : surroundings.home().resolve(".local/state"))
            .resolve("earshot/history.db"));
  }

  /// What a user wrote: `postgresql://…`, or a file.
  ///
  /// @throws HistoryException if it is neither
  static HistoryLocation of(String text, Surroundings surroundings) {
    if (PostgresDatabase.isMeant(text)) {
      return PostgresDatabase.of(text, surroundings.environment());
    }
    if (text.isBlank() || text.contains("://")) {
      throw new HistoryException(
          "--history is a file, or postgresql://USER@HOST/DATABASE: what it names is neither");
    }
    return new SqliteFile(surroundings.resolve(text));
  }
}
