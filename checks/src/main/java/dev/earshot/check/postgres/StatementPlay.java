package dev.earshot.check.postgres;

import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The play that puts statements to a server by `psql`, which is there where the server is. Each is
/// preceded by a query whether there is anything to do: a second run changes nothing, and check
/// mode tells by that query what would be changed.
///
/// A superuser's statements must find PostgreSQL's own functions: whoever owns a database may have
/// given it another search path.
///
/// @param title the good state
record StatementPlay(HostName host, int port, String title, List<Statement> statements) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final String FOUND = "earshot_needed.stdout != ''";

  StatementPlay {
    statements = List.copyOf(statements);
  }

  String text() {
    StringBuilder play =
        new StringBuilder(
            """
            - name: %s
              hosts: %s
              become: true
              become_user: postgres
              gather_facts: false
              environment: {PGOPTIONS: "-c search_path=pg_catalog"}
              tasks:
            """
                .formatted(title, Quoted.yaml(host.value())));
    statements.forEach(statement -> play.append(tasks(statement).indent(4)));
    return play.toString();
  }

  private String tasks(Statement statement) {
    List<String> conditions = new ArrayList<>(List.of(FOUND));
    if (statement.disruptive()) {
      conditions.add(SettingPlay.DISRUPTION);
    }
    String task =
        task(statement.name(), statement.database(), statement.sql(), "-X")
            + conditional("when", conditions);
    conditions.addFirst("ansible_check_mode");
    return task(
            "Look whether there is anything to do",
            statement.database(),
            statement.needed(),
            "-XAt")
        + "  register: earshot_needed\n"
        + "  check_mode: false\n"
        + conditional("changed_when", conditions)
        + task;
  }

  private static String conditional(String key, List<String> conditions) {
    return conditions.size() == 1
        ? "  %s: %s\n".formatted(key, conditions.getFirst())
        : "  %s:\n    - %s\n".formatted(key, String.join("\n    - ", conditions));
  }

  private String task(String name, String database, String sql, String options) {
    return """
    - name: %s
      ansible.builtin.command:
        argv: [psql, %s, -p, "%d", -d, %s, -c, %s]
    """
        .formatted(name, options, port, Quoted.yaml(connected(database)), Quoted.yaml(sql));
  }

  /// Quoted, since psql would read a name with `=` in it as something else.
  private static String connected(String database) {
    return PLAIN.matcher(database).matches()
        ? database
        : "dbname='%s'".formatted(database.replaceAll("(['\\\\])", "\\\\$1"));
  }
}
