package dev.earshot.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A row of `earshot_run`, which another program, or a stranger, may have written.
///
/// @param run nothing where it can't be read
record KeptRow(long id, Optional<KeptRun> run) {

  static KeptRow of(ResultSet rows) throws SQLException {
    Optional<Instant> started = instant(rows.getString("started"));
    return new KeptRow(
        rows.getLong("id"),
        started.isPresent() ? Optional.of(run(started.get(), rows)) : Optional.empty());
  }

  private static KeptRun run(Instant started, ResultSet rows) throws SQLException {
    return new KeptRun(
        rows.getLong("id"),
        started,
        new Inventory(rows.getString("inventory"), rows.getString("limited")),
        rows.getString("earshot_version"),
        rows.getInt("exit_code"),
        rows.getInt("hosts"),
        new KeptRun.Failed(
            rows.getInt("critical"),
            rows.getInt("high"),
            rows.getInt("medium"),
            rows.getInt("low"),
            rows.getInt("info")));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Why it is left out.
  String remark() {
    return "run %d can't be read, as its column started holds no time: left out".formatted(id);
  }
}
