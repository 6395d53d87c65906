package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query of an admin's own, put to each PostgreSQL server of a host in a transaction that can't
/// write, with the same limits as every other session of Earshot's.
///
/// @param database nothing for the one that the server is asked in otherwise
/// @param sql one query on one line, without the semicolon at its end
public record CustomQuery(
    Optional<String> database, String sql, Probe<List<CustomQuery.Rows>> probe)
    implements CustomQuestion {

  /// The most rows of an answer.
  public static final int MOST = 1000;

  /// The most bytes of an answer.
  private static final int LIMIT = 1 << 20;

  private static final String ROWS = "@rows";
  private static final String END = "@end";
  private static final String SERVER = "=== ";

  /// What one server said.
  ///
  /// @param refusal why it has no rows to show, where it has none
  /// @param rows each as a JSON object
  public record Rows(PostgresServer server, Optional<String> refusal, List<String> rows) {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /// The question that a check puts by a query.
  ///
  /// @param id of the check that asks
  /// @param purpose what it is for, a sentence
  public static CustomQuery of(String id, String purpose, Optional<String> database, String sql) {
    String statements =
        """
        \\set ON_ERROR_STOP on
        set client_min_messages = error;
        begin transaction read only;
        \\echo ROWS
        QUERY;
        rollback;
        \\echo END
        """
            .replace("ROWS", ROWS)
            .replace("END", END)
            .replace("QUERY", statement(sql));
    String program =
        """
        printf '%s\\n' "$sockets" | while read -r socket; do
          server "$socket"
          printf '%s\\n' STATEMENTS | query "$socket" DATABASE 2>&1 | head -c LIMIT | sed 's/^/ /'
          echo
        done
        """
            .replace("LIMIT", String.valueOf(LIMIT))
            .replace("DATABASE", Psql.word(database.orElse("postgres")))
            .replace("STATEMENTS", Psql.word(statements));
    return new CustomQuery(
        database,
        sql,
        Probe.of(id, purpose, Psql.PRELUDE + program, CustomQuery::read)
            .needing(Psql.PRIVILEGE)
            .guardedBy(Psql.GUARD));
  }

  /// What the server is sent: it makes JSON of each row, so that numbers stay numbers.
  public String statement() {
    return statement(sql);
  }

  private static String statement(String sql) {
    return "select row_to_json(answer)::text as answer from (%s) answer limit %d"
        .formatted(sql, MOST + 1);
  }

  /// What a shell prints of an answer, whoever asked.
  ///
  /// @param table with its header, as CSV
  public static String printed(int port, String table) {
    return SERVER + port + "\n" + indented(ROWS + "\n" + table + END + "\n");
  }

  /// What a shell prints where the server refused.
  ///
  /// @param reason as the server gave it
  public static String printedRefusal(int port, String reason) {
    return SERVER + port + "\n" + indented(reason);
  }

  /// What servers say stands behind a blank, so that it can't be taken for a line of ours.
  private static String indented(String text) {
    return text.lines().map(line -> " " + line + "\n").collect(Collectors.joining());
  }

  private static List<Rows> read(String output) {
    List<Rows> servers = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Optional<PostgresServer> server = Optional.empty();
    for (String line : output.lines().toList()) {
      if (line.startsWith(SERVER)) {
        server.ifPresent(one -> servers.add(rows(one, said)));
        said.clear();
        server = Optional.of(PsqlTables.server(Text.words(line.substring(SERVER.length()))));
      } else if (line.startsWith(" ")) {
        said.add(line.substring(1));
      }
    }
    server.ifPresent(one -> servers.add(rows(one, said)));
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  /// What PostgreSQL warns of when it lets somebody in stands before the rows.
  private static Rows rows(PostgresServer server, List<String> said) {
    int begin = said.indexOf(ROWS);
    if (begin < 0 || !said.getLast().equals(END)) {
      return refused(server, reason(said));
    }
    List<String> rows =
        Csv.records(String.join("\n", said.subList(begin + 1, said.size() - 1)) + "\n").stream()
            .skip(1)
            .map(List::getFirst)
            .toList();
    return rows.size() > MOST
        ? refused(server, "the query has more than %,d rows: let it count or limit".formatted(MOST))
        : new Rows(server, Optional.empty(), rows);
  }

  private static Rows refused(PostgresServer server, String reason) {
    return new Rows(server, Optional.of(reason), List.of());
  }

  private static String reason(List<String> said) {
    return said.stream()
        .filter(line -> line.contains("ERROR:") || line.contains("FATAL:"))
        .findFirst()
        .map(line -> Text.clip(line.replaceFirst("^psql:[^:]*:\\d+: ", "")))
        .orElseGet(() ->
            said.contains(ROWS)
                ? "the answer is larger than %d KiB".formatted(LIMIT >> 10)
                : "psql said: " + Text.firstLine(String.join("\n", said)));
  }
}
