package dev.earshot.check.postgres;

import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostName;
import java.util.Optional;
import java.util.regex.Pattern;

/// The play that sets a server's parameter by `ALTER SYSTEM`, with Ansible's own module, which
/// changes nothing where nothing has to be changed, tells in check mode what it would do, and lets
/// the server read what it has changed.
///
/// @param title the good state
/// @param name of the parameter
/// @param value that Earshot itself chose
/// @param now what it is, by the server's word; nothing where that is not known
/// @param condition of Ansible's under which it is done; empty for always
record SettingPlay(
    HostName host,
    int port,
    String title,
    String name,
    String value,
    Optional<String> now,
    String condition) {

  /// What interrupts, deletes or makes less durable waits for this.
  static final String DISRUPTION = "earshot_allow_disruption | default(false) | bool";

  /// What can stand in a task's name: Ansible would evaluate braces, and YAML end at a colon.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+-]{1,40}");

  /// A server tells a number of its own units, which says little beside one with its unit.
  private static final Pattern WITH_UNIT = Pattern.compile("[0-9]+[A-Za-z]+");

  /// One of which it is not known what it is now.
  SettingPlay(HostName host, int port, String title, String name, String value, String condition) {
    this(host, port, title, name, value, Optional.empty(), condition);
  }

  /// `random_page_cost to 1.1, now 4`
  private String change() {
    String to = PLAIN.matcher(value).matches() ? " to " + value : "";
    String from =
        WITH_UNIT.matcher(value).matches()
            ? ""
            : now.filter(is -> PLAIN.matcher(is).matches()).map(is -> ", now " + is).orElse("");
    return name + to + from;
  }

  /// A server that has been told a parameter that it reads at its start alone is restarted where
  /// that is allowed.
  String text() {
    return """
    - name: %1$s
      hosts: %2$s
      become: true
      gather_facts: false
      tasks:
        - name: Look for the driver of Ansible's modules for PostgreSQL
          ansible.builtin.command:
            argv: [/usr/bin/python3, -c, import psycopg2]
          register: earshot_driver
          changed_when: false
          failed_when: false
          check_mode: false
        - name: Install it
          ansible.builtin.apt:
            name: python3-psycopg2
          when: earshot_driver.rc != 0
        - name: Set %8$s (a value on the server's command line would stand above it)
          community.postgresql.postgresql_set:
            name: %3$s
            value: %4$s
            login_db: postgres
            login_port: %5$d
          become_user: postgres
          register: earshot_set
          when:%6$s
            - earshot_driver.rc == 0 or not ansible_check_mode
          notify: Restart PostgreSQL
      handlers:
        - name: Restart PostgreSQL
          ansible.builtin.service:
            name: postgresql
            state: restarted
          when:
            - earshot_set.restart_required
            - %7$s
    """
        .formatted(
            title,
            Quoted.yaml(host.value()),
            name,
            Quoted.yaml(value),
            port,
            condition.isEmpty() ? "" : "\n        - " + condition,
            DISRUPTION,
            change());
  }
}
