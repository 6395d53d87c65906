package dev.earshot.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom a PostgreSQL server lets in from where: the rules of its `pg_hba.conf`, in the order in
/// which they are tried.
///
/// Their options are not asked for, since passwords of other services may stand in them. The
/// server's view does not tell whether a word such as `all` was quoted in the file, which would
/// make it a name.
///
/// @param rules in order
/// @param memberships the roles, by login role, that it is a member of, directly or not
public record PostgresHba(int port, List<Rule> rules, Map<String, Set<String>> memberships) {

  /// One line of the file.
  ///
  /// @param file empty before PostgreSQL 16, which has only one
  /// @param type `local`, `host`, `hostssl`, `hostnossl`, `hostgssenc`, `hostnogssenc`
  /// @param databases names, and words like `all`
  /// @param users names, `+name` for members of a role, `all`
  /// @param address numeric, `samehost`, `samenet`, `all`, or a name; empty for `local`
  /// @param netmask of a numeric address
  /// @param method `scram-sha-256`, `reject`, …
  /// @param error the server could not read the line
  public record Rule(
      int line,
      String file,
      String type,
      List<String> databases,
      List<String> users,
      String address,
      String netmask,
      String method,
      boolean error) {

    public Rule {
      databases = List.copyOf(databases);
      users = List.copyOf(users);
    }

    /// A connection that it matches is refused.
    public boolean rejects() {
      return method.equals("reject");
    }
  }

  public static final Probe<List<PostgresHba>> PROBE =
      Probe.of(
              "postgres.hba",
              "Whom PostgreSQL lets in from which addresses, without the rules' options, and which roles are members of which: what a move to another address takes.",
              Psql.PRELUDE
                  + """
                  printf '%s\\n' "$sockets" | while read -r socket; do
                    echo "=== ${socket##*.}"
                    printf '%s\\n' '\\echo @rules' "select line_number as line, coalesce(to_jsonb(r) ->> 'file_name', '') as file, type, to_json(database) as databases, to_json(user_name) as users, address, netmask, auth_method as method, error is not null as error from pg_hba_file_rules r order by (to_jsonb(r) ->> 'rule_number')::int, line_number limit 1000;" '\\echo @memberships' "with recursive m(member, role) as (select member, roleid from pg_auth_members union select a.member, m.role from m join pg_auth_members a on a.roleid = m.member) select u.rolname as member, g.rolname as role from m join pg_roles u on u.oid = m.member join pg_roles g on g.oid = m.role where u.rolcanlogin order by 1, 2 limit 1000;" | query "$socket" postgres 2>/dev/null
                  done
                  """,
              PostgresHba::parse)
          .needing("root, or `sudo -n -u postgres psql`: PostgreSQL shows its rules to superusers")
          .guardedBy(Psql.GUARD);

  public PostgresHba {
    rules = List.copyOf(rules);
    memberships = Map.copyOf(memberships);
  }

  /// Whether a role is another one or a member of it.
  public boolean isMember(String member, String role) {
    return member.equals(role) || memberships.getOrDefault(member, Set.of()).contains(role);
  }

  /// The first rule that the server could not read; it then goes by what it read before.
  public Optional<Rule> unread() {
    return rules.stream().filter(Rule::error).min(Comparator.comparingInt(Rule::line));
  }

  static List<PostgresHba> parse(String output) {
    List<PostgresHba> servers = PsqlTables.parse(output).stream().map(PostgresHba::server).toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  private static PostgresHba server(PsqlTables tables) {
    List<Rule> rules = tables.table("rules").stream().map(PostgresHba::rule).toList();
    if (rules.isEmpty()) {
      throw new UnreadableOutput(
          "the server on port %d shows pg_hba_file_rules to superusers only: allow the login user 'sudo -u postgres psql'"
              .formatted(tables.port()));
    }
    return new PostgresHba(
        tables.port(),
        rules,
        tables.table("memberships").stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("member"),
                    Collectors.mapping(row -> row.get("role"), Collectors.toSet()))));
  }

  private static Rule rule(Csv.Row row) {
    return new Rule(
        row.smallCount("line"),
        row.get("file"),
        row.get("type"),
        JsonText.strings(row.get("databases")),
        JsonText.strings(row.get("users")),
        row.get("address"),
        row.get("netmask"),
        row.get("method"),
        row.get("error").equals("t"));
  }
}
