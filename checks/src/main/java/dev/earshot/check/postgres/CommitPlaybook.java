package dev.earshot.check.postgres;

import dev.earshot.budget.CommitSetting;
import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.Optional;

/// Turns `synchronous_commit` on where it was turned off: in the same file, or by taking the
/// override back.
final class CommitPlaybook {

  private static final String AUTO_CONF = "postgresql.auto.conf";

  private CommitPlaybook() {}

  static String of(HostName host, PostgresSettings settings, CommitSetting setting) {
    Optional<String> file = settings.setting("synchronous_commit").flatMap(Setting::file);
    String tasks =
        setting.overridden()
            ? statement("Take the override back", override(setting))
            : file.filter(path -> !path.endsWith(AUTO_CONF))
                .map(path -> inFile(path) + reload())
                .orElseGet(() ->
                    statement("Turn it on", "ALTER SYSTEM SET synchronous_commit = on") + reload());
    return """
    - name: Commits are durable
      hosts: %s
      become: true
      become_user: postgres
      gather_facts: false
      tasks:
    """
            .formatted(Quoted.yaml(host.value()))
        + tasks.indent(4);
  }

  private static String override(CommitSetting setting) {
    if (setting.role().isEmpty()) {
      return "ALTER DATABASE %s RESET synchronous_commit".formatted(Quoted.sql(setting.database()));
    }
    boolean inDatabase = setting.source().contains(" IN DATABASE ");
    return "ALTER ROLE %s%s RESET synchronous_commit"
        .formatted(
            Quoted.sql(setting.role()),
            inDatabase ? " IN DATABASE " + Quoted.sql(setting.database()) : "");
  }

  private static String inFile(String path) {
    return """
    - name: Turn it on in the file that turned it off
      ansible.builtin.lineinfile:
        path: %s
        regexp: '^\\s*synchronous_commit\\b'
        line: synchronous_commit = on
    """
        .formatted(Quoted.yaml(path));
  }

  private static String reload() {
    return statement("Let the server read it", "SELECT pg_reload_conf()");
  }

  private static String statement(String name, String sql) {
    return """
    - name: %s
      ansible.builtin.command:
        argv: [psql, -X, -d, postgres, -c, %s]
    """
        .formatted(name, Quoted.yaml(sql));
  }
}
