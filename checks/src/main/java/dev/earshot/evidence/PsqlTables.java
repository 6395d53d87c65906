package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the PostgreSQL probes print: `=== port` per server, then per table `@name` and the rows as
/// CSV.
///
/// A value that looks like a mark can't be taken for one: `psql` quotes values with line breaks,
/// and every table has more than one column.
record PsqlTables(int port, Map<String, List<Csv.Row>> tables) {

  /// The rows of a table; none where it was not printed.
  List<Csv.Row> table(String name) {
    return tables.getOrDefault(name, List.of());
  }

  /// Whether the server answered: an empty table has its header at least.
  boolean has(String name) {
    return tables.containsKey(name);
  }

  static List<PsqlTables> parse(String output) {
    List<PsqlTables> servers = new ArrayList<>();
    Map<String, List<Csv.Row>> tables = new HashMap<>();
    List<List<String>> rows = new ArrayList<>();
    String table = "";
    int port = 0;
    for (List<String> record : Csv.records(output)) {
      String first = record.getFirst();
      boolean mark = record.size() == 1;
      if (mark && first.startsWith("=== ")) {
        keep(tables, table, rows);
        if (port > 0) {
          servers.add(new PsqlTables(port, Map.copyOf(tables)));
        }
        tables.clear();
        table = "";
        port = Text.smallCount(first.substring(4));
      } else if (mark && first.startsWith("@")) {
        keep(tables, table, rows);
        table = first.substring(1);
      } else if (!mark) {
        rows.add(record);
      }
    }
    keep(tables, table, rows);
    if (port > 0) {
      servers.add(new PsqlTables(port, Map.copyOf(tables)));
    }
    return servers;
  }

  private static void keep(
      Map<String, List<Csv.Row>> tables, String name, List<List<String>> rows) {
    if (!name.isEmpty() && !rows.isEmpty()) {
      tables.putIfAbsent(name, Csv.rows(rows));
    }
    rows.clear();
  }
}
