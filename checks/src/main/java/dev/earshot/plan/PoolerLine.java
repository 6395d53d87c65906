package dev.earshot.plan;

import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.PgBouncer;
import dev.earshot.evidence.PostgresHba.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a line gets into the file of a PgBouncer's access rules.
///
/// @param file as PgBouncer names it
record PoolerLine(HbaLine line, HostName host, PgBouncer pooler, String file) {

  /// A playbook with all rights changes no other file that a host says.
  private static final Pattern FILE =
      Pattern.compile("/etc/pgbouncer/[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /// @param by the rule that refuses it, before which the line has to stand
  Remedy remedy(Optional<Rule> by) {
    if (!line.isPlain()) {
      return new Remedy(
          "Let the role into its database from %s, in PgBouncer's %s; its name has characters that can't stand there."
              .formatted(line.address(), file),
          "",
          List.of());
    }
    String there = Quoted.comment(host.value());
    return new Remedy(
        "Add this line %s PgBouncer's %s on %s, and RELOAD in its console: %s%s"
            .formatted(
                by.map(rule -> "before line %d of".formatted(rule.line())).orElse("at the end of"),
                file,
                host,
                line.text(),
                line.caution()),
        line.declared() && pooler.server().container().isEmpty() && FILE.matcher(file).matches()
            ? playbook(by.isPresent())
            : "",
        List.of(
            "%s   # on %s: auth_type and auth_hba_file"
                .formatted(pooler.console("show config"), there),
            "%s   # on %s, once the line is there".formatted(pooler.console("reload"), there)));
  }

  /// At the head of the file where another rule would refuse it: the line is about one address, so
  /// it takes nothing from others.
  private String playbook(boolean atHead) {
    return """
    - name: PgBouncer lets the new host in
      hosts: %s
      become: true
      gather_facts: false
      tasks:
        - name: Admit its address
          ansible.builtin.lineinfile:
            path: %s
            line: %s%s
          notify: Let PgBouncer read it
      handlers:
        - name: Let PgBouncer read it
          ansible.builtin.service:
            name: pgbouncer
            state: reloaded
    """
        .formatted(
            Quoted.yaml(host.value()),
            Quoted.yaml(file),
            Quoted.yaml(line.text()),
            atHead ? "\n        insertbefore: BOF" : "");
  }
}
