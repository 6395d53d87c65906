package dev.earshot.plan;

import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.IpNumber;
import dev.earshot.evidence.PostgresHba;
import dev.earshot.evidence.PostgresHba.Rule;
import dev.earshot.evidence.PostgresSettings;
import dev.earshot.evidence.PostgresSettings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The line of `pg_hba.conf` that lets a role into a database from one address.
///
/// @param declared whether the address is the inventory's word: only that is written by a playbook,
///   since a host that could choose the address would choose who is let in
/// @param like the rule whose type and method it takes over, if the method asks for a proof; else
///   it asks for a password, hashed
record HbaLine(
    String role, String database, Address address, boolean declared, Optional<Rule> like) {

  /// PostgreSQL's own recommendation.
  private static final String METHOD = "scram-sha-256";

  private static final Set<String> PROVING =
      Set.of(METHOD, "md5", "cert", "gss", "sspi", "ldap", "radius", "pam");

  /// The path is the host's word, and the playbook writes there.
  private static final String FILE = "/[A-Za-z0-9._/-]+\\.conf";

  /// Words that mean more than a name, unless quoted.
  private static final Set<String> WORDS =
      Set.of("all", "sameuser", "samerole", "samegroup", "replication");

  /// `host appdb app 10.77.0.33/32 scram-sha-256`
  String text() {
    return String.join(
        " ",
        like.map(Rule::type).filter(HbaLine::isWord).orElse("host"),
        name(database),
        name(role),
        address + "/" + IpNumber.of(address).map(IpNumber::bits).orElse(0),
        like.map(Rule::method).filter(PROVING::contains).orElse(METHOD));
  }

  /// @param hba the server's rules
  /// @param by the rule that refuses it, before which the line has to stand
  Remedy remedy(
      HostName host, PostgresHba hba, Optional<PostgresSettings> settings, Optional<Rule> by) {
    String where =
        by.map(rule -> "before line %d of".formatted(rule.line())).orElse("at the end of");
    String there = Quoted.comment(host.value());
    String psql = hba.server().psql();
    boolean contained = hba.server().container().isPresent();
    if (!isPlain()) {
      return new Remedy(
          "Let the role into its database from %s, in pg_hba.conf; its name has characters that can't stand there."
              .formatted(address),
          "",
          List.of());
    }
    return new Remedy(
        "Add this line %s pg_hba.conf on %s, and reload: %s%s"
            .formatted(where, host, text(), caution()),
        settings
            .flatMap(known -> known.setting("hba_file"))
            .map(Setting::value)
            .filter(path -> declared && !contained && path.matches(FILE))
            .map(path -> playbook(host, path, hba.port(), by.isPresent()))
            .orElse(""),
        List.of(
            "%s -d postgres -c 'select * from pg_hba_file_rules'   # on %s".formatted(psql, there),
            "%s -d postgres -c 'select pg_reload_conf()'   # on %s, once the line is there"
                .formatted(psql, there)));
  }

  /// What to see to first, where the address is the host's own word.
  String caution() {
    return declared
        ? ""
        : "; first see that %s is the new host's: it says so, and the inventory does not"
            .formatted(address);
  }

  /// At the head of the file where another rule would refuse it: the line is about one address, so
  /// it takes nothing from others.
  private String playbook(HostName server, String path, int port, boolean atHead) {
    return """
    - name: The database lets the new host in
      hosts: %s
      become: true
      become_user: postgres
      gather_facts: false
      tasks:
        - name: Admit its address
          ansible.builtin.lineinfile:
            path: %s
            line: %s%s
          register: earshot_admitted
        - name: Let the server read it
          ansible.builtin.command:
            argv: [psql, -X, -p, "%d", -d, postgres, -c, SELECT pg_reload_conf()]
          when: earshot_admitted is changed
    """
        .formatted(
            Quoted.yaml(server.value()),
            Quoted.yaml(path),
            Quoted.yaml(text()),
            atHead ? "\n        insertbefore: BOF" : "",
            port);
  }

  private static boolean isWord(String text) {
    return text.matches("[a-z0-9-]+");
  }

  /// Whether role and database can stand in a line.
  boolean isPlain() {
    // PostgreSQL 16 and later take what begins with a slash for a pattern, quoted or not.
    return !role.startsWith("/")
        && !database.startsWith("/")
        && (role + database).codePoints().noneMatch(Character::isISOControl);
  }

  private static String name(String name) {
    return name.matches("[A-Za-z0-9_.-]+") && !WORDS.contains(name)
        ? name
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
