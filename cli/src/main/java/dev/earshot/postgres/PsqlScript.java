package dev.earshot.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs a script as `psql -q --csv` does, as far as Earshot's scripts go: a statement or command is
/// a line. As there, a statement that fails prints nothing and the script goes on; where no
/// connection can be made, it ends.
final class PsqlScript {

  /// Connects to a database of the same server.
  @FunctionalInterface
  interface Databases {
    Connection connect(String database) throws SQLException;
  }

  /// `:name`, `:'name'`; not the second colon of `::`.
  private static final Pattern VARIABLE = Pattern.compile("(?<!:):('?)([A-Za-z_][A-Za-z0-9_]*)\\1");

  private static final Pattern DEFINED = Pattern.compile(":\\{\\?(\\w+)\\}");

  /// What scripts make of the variable `connection`, which is empty here. Possessive, since a
  /// server may give its database a name of any length.
  private static final Pattern DATABASE = Pattern.compile(" dbname='((?:[^'\\\\]++|\\\\.)*+)'");

  private static final Set<String> TRUE = Set.of("t", "true", "on", "1", "yes");

  private final Databases databases;
  private final Map<String, String> variables = new HashMap<>(Map.of("connection", ""));
  private final CsvOutput output;
  private final Deque<Boolean> branches = new ArrayDeque<>();
  private Connection connection;

  PsqlScript(Connection connection, Databases databases, CsvOutput output) {
    this.connection = connection;
    this.databases = databases;
    this.output = output;
  }

  /// @throws SQLException where the connection was lost
  void run(String script) throws SQLException {
    for (String line : script.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      if (!step(line)) {
        return;
      }
    }
  }

  /// @return whether to go on
  private boolean step(String line) throws SQLException {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1);
    switch (command) {
      case "\\if" -> branches.push(isOn() && holds(rest));
      case "\\else" -> {
        boolean before = branches.pop();
        branches.push(isOn() && !before);
      }
      case "\\endif" -> branches.pop();
      default -> {
        return !isOn() || act(command, rest, line);
      }
    }
    return true;
  }

  private boolean act(String command, String rest, String line) throws SQLException {
    if (command.equals("\\echo")) {
      output.line(rest);
      return true;
    }
    if (command.equals("\\connect")) {
      return connect(rest);
    }
    boolean kept = line.endsWith("\\gset");
    String sql = interpolated(kept ? line.substring(0, line.length() - 5) : line);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          if (kept) {
            keep(rows);
          } else {
            output.table(rows);
          }
        }
      }
    } catch (SQLException failed) {
      if (connection.isClosed()) {
        throw failed;
      }
    }
    return true;
  }

  private boolean isOn() {
    return branches.stream().allMatch(Boolean::booleanValue);
  }

  private boolean holds(String condition) {
    Matcher defined = DEFINED.matcher(condition);
    return defined.matches()
        ? variables.containsKey(defined.group(1))
        : TRUE.contains(interpolated(condition));
  }

  private boolean connect(String to) {
    Optional<String> database =
        DATABASE
            .matcher(interpolated(to))
            .results()
            .map(found -> found.group(1).replaceAll("\\\\(.)", "$1"))
            .findFirst();
    if (database.isEmpty()) {
      return false;
    }
    try {
      connection = databases.connect(database.get());
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  /// One row, or nothing is kept.
  private void keep(ResultSet rows) throws SQLException {
    Map<String, String> found = new HashMap<>();
    if (!rows.next()) {
      return;
    }
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      String value = rows.getString(column);
      if (value != null) {
        found.put(rows.getMetaData().getColumnLabel(column), value);
      }
    }
    if (!rows.next()) {
      variables.putAll(found);
    }
  }

  private String interpolated(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> {
          String value = variables.get(found.group(2));
          String put =
              value == null
                  ? found.group()
                  : found.group(1).isEmpty() ? value : "'" + value.replace("'", "''") + "'";
          return Matcher.quoteReplacement(put);
        });
  }
}
