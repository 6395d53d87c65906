package dev.earshot.evidence;

import dev.earshot.evidence.PostgresServer.InContainer;
import dev.earshot.evidence.PostgresServer.Inside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What the PostgreSQL probes print: `=== port` per server, or `=== port engine container user port
/// role directory` of one in a container, then per table `@name` and the rows as CSV.
///
/// A value that looks like a mark can't be taken for one: `psql` quotes values with line breaks,
/// and every table has more than one column.
///
/// @param asked the names of all tables, of those that the server did not show, too
record PsqlTables(PostgresServer server, Map<String, List<Csv.Row>> tables, Set<String> asked) {

  /// The rows of a table; none where it was not printed.
  List<Csv.Row> table(String name) {
    return tables.getOrDefault(name, List.of());
  }

  /// Whether the server answered: an empty table has its header at least.
  boolean has(String name) {
    return tables.containsKey(name);
  }

  /// The same, read; nothing where the server did not show it.
  <T> Optional<List<T>> list(String name, Function<Csv.Row, T> read) {
    return has(name) ? Optional.of(table(name).stream().map(read).toList()) : Optional.empty();
  }

  static List<PsqlTables> parse(String output) {
    List<PsqlTables> servers = new ArrayList<>();
    Map<String, List<Csv.Row>> tables = new HashMap<>();
    Set<String> asked = new HashSet<>();
    List<List<String>> rows = new ArrayList<>();
    String table = "";
    Optional<PostgresServer> server = Optional.empty();
    for (List<String> record : Csv.records(output)) {
      String first = record.getFirst();
      boolean mark = record.size() == 1;
      if (mark && first.startsWith("=== ")) {
        keep(tables, table, rows);
        server.ifPresent(
            one -> servers.add(new PsqlTables(one, Map.copyOf(tables), Set.copyOf(asked))));
        tables.clear();
        asked.clear();
        table = "";
        server = Optional.of(server(Text.words(first.substring(4))));
      } else if (mark && first.startsWith("@")) {
        keep(tables, table, rows);
        table = first.substring(1);
        asked.add(table);
      } else if (!mark) {
        rows.add(record);
      }
    }
    keep(tables, table, rows);
    server.ifPresent(
        one -> servers.add(new PsqlTables(one, Map.copyOf(tables), Set.copyOf(asked))));
    return servers;
  }

  /// Which servers did not answer where others did, and why; the command says so before all else.
  static Optional<String> leftOut(String output) {
    return output
        .lines()
        .takeWhile(line -> !line.startsWith("==="))
        .filter(line -> line.startsWith(Psql.LEFT_OUT))
        .map(line -> Text.clip(line.substring(Psql.LEFT_OUT.length())))
        .findFirst();
  }

  static PostgresServer server(List<String> words) {
    int port = Text.smallCount(words.getFirst());
    return words.size() < 3
        ? PostgresServer.onHost(port)
        : new PostgresServer(
            port, Optional.of(new InContainer(words.get(1), words.get(2), inside(words))));
  }

  /// Evidence of earlier versions does not tell.
  private static Optional<Inside> inside(List<String> words) {
    return words.size() < 7
        ? Optional.empty()
        : Optional.of(
            new Inside(
                words.get(3).equals("postgres"),
                Text.smallCount(words.get(4)),
                words.get(5),
                words.get(6).equals("tmp")));
  }

  private static void keep(
      Map<String, List<Csv.Row>> tables, String name, List<List<String>> rows) {
    if (!name.isEmpty() && !rows.isEmpty()) {
      tables.putIfAbsent(name, Csv.rows(rows));
    }
    rows.clear();
  }
}
