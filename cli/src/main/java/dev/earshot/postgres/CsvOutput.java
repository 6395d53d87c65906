package dev.earshot.postgres;

import dev.earshot.evidence.CommandResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What psql prints with `--csv`, up to what is kept of an answer.
final class CsvOutput {

  private static final Pattern QUOTED = Pattern.compile("[,\"\\n\\r]");

  private final StringBuilder text = new StringBuilder();
  private boolean truncated;

  void line(String line) {
    if (text.length() + line.length() >= CommandResult.LIMIT) {
      truncated = true;
    }
    if (!truncated) {
      text.append(line).append('\n');
    }
  }

  /// The column names, then the rows.
  void table(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<String> header = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      header.add(quoted(rows.getMetaData().getColumnLabel(column)));
    }
    line(String.join(",", header));
    while (rows.next() && !truncated) {
      List<String> values = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        String value = rows.getString(column);
        values.add(value == null ? "" : quoted(value));
      }
      line(String.join(",", values));
    }
  }

  private static String quoted(String value) {
    return QUOTED.matcher(value).find() ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
  }

  String text() {
    return text.toString();
  }

  boolean isTruncated() {
    return truncated;
  }
}
