package dev.earshot.check.postgres;

import dev.earshot.budget.CommitSetting;
import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;

/// Turns `synchronous_commit` on where it was turned off: in the same file, or by taking the
/// override back.
final class CommitPlaybook {

  /// The path is the host's word, and the playbook writes there.
  private static final String CONFIGURATION = "/[A-Za-z0-9._/-]+\\.conf";

  private static final String TITLE = "Commits are durable";

  private static final String AUTO_CONF = "postgresql.auto.conf";

  private CommitPlaybook() {}

  static String of(HostName host, PostgresSettings settings, CommitSetting setting) {
    int port = settings.port();
    return setting
        .override()
        .map(override ->
            new StatementPlay(host, port, TITLE, List.of(Statement.reset(override))).text())
        .or(() -> file(settings).map(path -> inFile(host, port, path)))
        .orElseGet(() -> new SettingPlay(host, port, TITLE, "synchronous_commit", "on", "").text());
  }

  /// Where the file of the user's own says it, which stands below what `ALTER SYSTEM` says.
  private static Optional<String> file(PostgresSettings settings) {
    return settings
        .setting("synchronous_commit")
        .flatMap(Setting::file)
        .filter(path -> path.matches(CONFIGURATION) && !path.endsWith(AUTO_CONF));
  }

  private static String inFile(HostName host, int port, String path) {
    return """
    - name: %s
      hosts: %s
      become: true
      become_user: postgres
      gather_facts: false
      tasks:
        - name: Turn it on in the file that turned it off
          ansible.builtin.lineinfile:
            path: %s
            regexp: '^\\s*synchronous_commit\\b'
            line: synchronous_commit = on
          notify: Let the server read it
      handlers:
        - name: Let the server read it
          ansible.builtin.command:
            argv: [psql, -X, -p, "%d", -d, postgres, -c, "SELECT pg_reload_conf()"]
    """
        .formatted(TITLE, Quoted.yaml(host.value()), Quoted.yaml(path), port);
  }
}
