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
/// @param whole whether all rules and memberships were read, rather than the first thousand of each
/// @param rules in order
/// @param memberships the roles, by login role, that it is a member of, directly or not
public record PostgresHba(
    PostgresServer server, boolean whole, List<Rule> rules, Map<String, Set<String>> memberships) {

  private static final int MOST = 1000;

  /// One line of the file.
  ///
  /// @param file empty before PostgreSQL 16, which has only one
  /// @param type `local`, `host`, `hostssl`, `hostnossl`, `hostgssenc`, `hostnogssenc`
  /// @param databases names, and words like `all`
  /// @param users names, `+name` for members of a role, `all`
  /// @param address numeric, `samehost`, `samenet`, `all`, or a name; empty for `local`
  /// @param netmask of a numeric address
  /// @param method `scram-sha-256`, `reject`, …
  /// @param error why the server can't read the line; nothing else but its number is there then
  public record Rule(
      int line,
      String file,
      String type,
      List<String> databases,
      List<String> users,
      String address,
      String netmask,
      String method,
      Optional<String> error) {

    public Rule {
      databases = List.copyOf(databases);
      users = List.copyOf(users);
    }

    /// A connection that it matches is refused.
    public boolean rejects() {
      return method.equals("reject");
    }
  }

  private static final String STATEMENTS =
      """
      \\echo @rules
      select line_number as line, coalesce(to_jsonb(r) ->> 'file_name', '') as file, type, to_json(database) as databases, to_json(user_name) as users, address, netmask, auth_method as method, case when error MAY_HOLD_SECRET then '(withheld)' else left(error, 200) end as error from pg_hba_file_rules r order by (to_jsonb(r) ->> 'rule_number')::int, line_number limit MOST;
      \\echo @memberships
      with recursive m(member, role) as (select member, roleid from pg_auth_members union select a.member, m.role from m join pg_auth_members a on a.roleid = m.member) select u.rolname as member, g.rolname as role from m join pg_roles u on u.oid = m.member join pg_roles g on g.oid = m.role where u.rolcanlogin order by 1, 2 limit MOST;
      """
          .replace("MAY_HOLD_SECRET", Psql.MAY_HOLD_SECRET)
          .replace("MOST", String.valueOf(MOST + 1));

  public static final Probe<List<PostgresHba>> PROBE =
      Probe.of(
              "postgres.hba",
              "Whom PostgreSQL lets in from which addresses, without the rules' options, and which roles are members of which: who need not prove who they are, and what a move to another address takes.",
              Psql.ask(STATEMENTS),
              PostgresHba::parse)
          .needing("root, or `sudo -n -u postgres psql`: PostgreSQL shows its rules to superusers")
          .guardedBy(Psql.GUARD);

  static final SqlProgram PROGRAM = SqlProgram.of(PROBE, STATEMENTS);

  public PostgresHba {
    rules = List.copyOf(rules);
    memberships = Map.copyOf(memberships);
  }

  public int port() {
    return server.port();
  }

  /// Whether a role is another one or a member of it.
  public boolean isMember(String member, String role) {
    return member.equals(role) || memberships.getOrDefault(member, Set.of()).contains(role);
  }

  /// The first rule that the server could not read; it then goes by what it read before.
  public Optional<Rule> unread() {
    return rules.stream()
        .filter(rule -> rule.error().isPresent())
        .min(Comparator.comparingInt(Rule::line));
  }

  /// Whoever may make a socket in `/tmp` can be one of a host's servers, and show nothing.
  static List<PostgresHba> parse(String output) {
    List<PostgresHba> servers =
        PsqlTables.parse(output).stream()
            .map(PostgresHba::server)
            .filter(server -> !server.rules().isEmpty())
            .toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput(
          "PostgreSQL shows pg_hba_file_rules to superusers only: allow the login user 'sudo -u postgres psql'");
    }
    return servers;
  }

  private static PostgresHba server(PsqlTables tables) {
    List<Csv.Row> rules = tables.table("rules");
    List<Csv.Row> memberships = tables.table("memberships");
    return new PostgresHba(
        tables.server(),
        rules.size() <= MOST && memberships.size() <= MOST,
        rules.stream().map(PostgresHba::rule).toList(),
        memberships.stream()
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
        Text.unlessBlank(row.get("error")));
  }
}
