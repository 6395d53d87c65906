package dev.earshot.check.postgres;

import dev.earshot.budget.CommitSetting;
import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.RoleSetting;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Optional;

/// Turns `synchronous_commit` on where it was turned off: in the same file, or by taking the
/// override back.
final class CommitPlaybook {

  /// The path is the host's word, and the playbook writes there.
  private static final String CONFIGURATION = "/[A-Za-z0-9._/-]+\\.conf";

  private static final String TITLE = "Commits are durable";

  private static final String RELOAD = "Let the server read it";

  private static final String AUTO_CONF = "postgresql.auto.conf";

  private CommitPlaybook() {}

  static String of(HostName host, PostgresSettings settings, CommitSetting setting) {
    int port = settings.port();
    return setting
        .override()
        .map(override ->
            play(host, statement(port, "Take the override back", takeBack(override)), ""))
        .or(() -> file(settings).map(path -> play(host, inFile(path), handler(port))))
        .orElseGet(() -> new SettingPlay(host, port, TITLE, "synchronous_commit", "on", "").text());
  }

  /// Where the file of the user's own says it, which stands below what `ALTER SYSTEM` says.
  private static Optional<String> file(PostgresSettings settings) {
    return settings
        .setting("synchronous_commit")
        .flatMap(Setting::file)
        .filter(path -> path.matches(CONFIGURATION) && !path.endsWith(AUTO_CONF));
  }

  private static String play(HostName host, String tasks, String handlers) {
    return """
    - name: %s
      hosts: %s
      become: true
      become_user: postgres
      gather_facts: false
      tasks:
    """
            .formatted(TITLE, Quoted.yaml(host.value()))
        + tasks.indent(4)
        + (handlers.isEmpty() ? "" : "  handlers:\n" + handlers.indent(4));
  }

  private static String handler(int port) {
    return statement(port, RELOAD, "SELECT pg_reload_conf()");
  }

  private static String takeBack(RoleSetting override) {
    boolean everyRole = override.role().isEmpty();
    boolean everyDatabase = override.database().isEmpty();
    String whose =
        everyRole
            ? everyDatabase ? "ROLE ALL" : "DATABASE " + Quoted.sql(override.database())
            : "ROLE "
                + Quoted.sql(override.role())
                + (everyDatabase ? "" : " IN DATABASE " + Quoted.sql(override.database()));
    return "ALTER " + whose + " RESET synchronous_commit";
  }

  private static String inFile(String path) {
    return """
    - name: Turn it on in the file that turned it off
      ansible.builtin.lineinfile:
        path: %s
        regexp: '^\\s*synchronous_commit\\b'
        line: synchronous_commit = on
      notify: %s
    """
        .formatted(Quoted.yaml(path), RELOAD);
  }

  private static String statement(int port, String name, String sql) {
    return """
    - name: %s
      ansible.builtin.command:
        argv: [psql, -X, -p, "%d", -d, postgres, -c, %s]
    """
        .formatted(name, port, Quoted.yaml(sql));
  }
}
