package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a PostgreSQL server is told to do, and by whom.
///
/// @param version `server_version_num`: 150018 is 15.18
/// @param settings by name; those that hold for Earshot's own session alone are left out, since
///   what others get is not known then
/// @param overrides `ALTER ROLE … SET` and `ALTER DATABASE … SET`, which beat every file
/// @param device the block device under the data directory, where `df` could tell
public record PostgresSettings(
    PostgresServer server,
    int version,
    Map<String, Setting> settings,
    List<RoleSetting> overrides,
    Optional<String> device) {

  /// One row of `pg_settings`; values that may hold secrets read `(withheld)`.
  ///
  /// @param source `configuration file`, `default`, `command line`, …
  /// @param file and line, where the server lets us see them
  public record Setting(
      String name,
      String value,
      String source,
      Optional<String> file,
      int line,
      boolean pendingRestart) {

    private static final String OF_ALTER_SYSTEM = "postgresql.auto.conf";

    /// Who sets it: `/etc/postgresql/postgresql.conf line 12`, or its source where no file does.
    public String origin() {
      return file.map(path ->
              "%s line %d%s"
                  .formatted(path, line, path.endsWith(OF_ALTER_SYSTEM) ? " (ALTER SYSTEM)" : ""))
          .orElse(source);
    }

    /// The same as the end of a sentence: `set in /etc/postgresql/postgresql.conf line 12`, `by
    /// default`.
    public String setBy() {
      return file.isPresent()
          ? "set in " + origin()
          : source.equals("default") ? "by default" : "set by " + source;
    }
  }

  /// One `ALTER ROLE … SET` or `ALTER DATABASE … SET`.
  ///
  /// @param database empty: every database
  /// @param role empty: every role
  public record RoleSetting(String database, String role, String name, String value) {

    /// PostgreSQL's precedence: role in a database, then role, then database, then `ALTER ROLE
    /// ALL`.
    int rank() {
      return (role.isEmpty() ? 0 : 2) + (database.isEmpty() ? 0 : 1);
    }

    /// The statement that sets it, as far as it tells for whom: `ALTER ROLE lemmy IN DATABASE
    /// lemmy`.
    public String statement() {
      return role.isEmpty() && !database.isEmpty()
          ? "ALTER DATABASE " + database
          : "ALTER ROLE %s%s"
              .formatted(
                  role.isEmpty() ? "ALL" : role,
                  database.isEmpty() ? "" : " IN DATABASE " + database);
    }

    /// The same, without the value: `ALTER ROLE lemmy IN DATABASE lemmy SET`.
    public String origin() {
      return statement() + " SET";
    }

    boolean covers(String otherRole, String otherDatabase) {
      return (role.isEmpty() || role.equals(otherRole))
          && (database.isEmpty() || database.equals(otherDatabase));
    }
  }

  /// Stands for a value that may hold a secret: only text can.
  public static final String WITHHELD = "(withheld)";

  /// A condition on a setting's name: who made it up is not PostgreSQL, and what its text means
  /// nobody here knows (`anon.salt`, `app.dsn`). Of the two exceptions no text is a secret.
  private static final String OF_EXTENSION = "~ '^(?!(auto_explain|pg_stat_statements)[.]).*[.]'";

  private static final String STATEMENTS =
      """
      \\echo @settings
      select name, case when vartype = 'string' and (name MAY_HOLD_SECRET or name OF_EXTENSION) then '(withheld)' else setting end as setting, source, sourcefile, sourceline, pending_restart from pg_settings order by name;
      \\echo @overrides
      select d.datname as database, r.rolname as role, split_part(c, '=', 1) as name, case when coalesce(p.vartype, 'string') = 'string' and (split_part(c, '=', 1) MAY_HOLD_SECRET or split_part(c, '=', 1) OF_EXTENSION) then '(withheld)' else substr(c, strpos(c, '=') + 1) end as value from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase left join pg_roles r on r.oid = s.setrole cross join unnest(s.setconfig) c left join pg_settings p on p.name = split_part(c, '=', 1) order by 1, 2, 3;
      """
          .replace("MAY_HOLD_SECRET", Psql.MAY_HOLD_SECRET)
          .replace("OF_EXTENSION", OF_EXTENSION);

  public static final Probe<List<PostgresSettings>> PROBE =
      Probe.of(
              "postgres.settings",
              "PostgreSQL's version, every setting with the file and line that sets it, and what roles and databases override.",
              Psql.PRELUDE
                  + """
                  printf '%s\\n' "$sockets" | while read -r socket; do
                    server "$socket"
                    printf '%s\\n' STATEMENTS | query "$socket" postgres 2>/dev/null
                    data=$(echo 'show data_directory' | query "$socket" postgres 2>/dev/null | tail -n 1)
                    echo @device
                    case $socket in /*) ;; *) continue ;; esac
                    df -P "$data" 2>/dev/null | tail -n 1 | awk '{ print "device,mount"; print $1 "," $6 }'
                  done
                  """
                      .replace("STATEMENTS", Psql.word(STATEMENTS)),
              PostgresSettings::parse)
          .needing(Psql.PRIVILEGE)
          .guardedBy(Psql.GUARD);

  static final SqlProgram PROGRAM = SqlProgram.of(PROBE, STATEMENTS);

  /// Sources that apply to the session that asks, by its role, database or connection string.
  private static final Set<String> OF_SESSION =
      Set.of("database", "user", "database user", "client", "session", "interactive");

  public PostgresSettings {
    settings = Map.copyOf(settings);
    overrides = List.copyOf(overrides);
  }

  public int port() {
    return server.port();
  }

  public Optional<Setting> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /// The value of a setting that is always there; empty where it is not.
  public String value(String name) {
    return setting(name).map(Setting::value).orElse("");
  }

  /// A setting that counts something.
  public Optional<Integer> count(String name) {
    return setting(name)
        .map(setting -> Text.whole(setting.value()).orElse(-1))
        .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
        .map(Math::toIntExact);
  }

  /// How many sessions ordinary roles may have: what is reserved is left out. Nothing where it
  /// can't be told.
  public Optional<Integer> ordinaryConnections() {
    int reserved =
        count("superuser_reserved_connections").orElse(0) + count("reserved_connections").orElse(0);
    return count("max_connections").map(all -> all - reserved).filter(usable -> usable > 0);
  }

  /// A setting that is a number, with a fraction perhaps.
  public Optional<Double> number(String name) {
    return setting(name)
        .flatMap(setting -> Text.number(setting.value()).stream().boxed().findFirst());
  }

  public Optional<Duration> milliseconds(String name) {
    return number(name).filter(value -> value >= 0).map(Millis::duration);
  }

  /// The override that holds for a role's sessions in a database, if one does.
  public Optional<RoleSetting> override(String role, String database, String name) {
    return overrides.stream()
        .filter(override -> override.name().equals(name) && override.covers(role, database))
        .max((a, b) -> Integer.compare(a.rank(), b.rank()));
  }

  static List<PostgresSettings> parse(String output) {
    var servers = PsqlTables.parse(output).stream().map(PostgresSettings::server).toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  private static PostgresSettings server(PsqlTables tables) {
    Map<String, Setting> settings =
        tables.table("settings").stream()
            .map(PostgresSettings::row)
            .filter(setting -> !OF_SESSION.contains(setting.source()))
            .collect(Collectors.toMap(Setting::name, setting -> setting, (first, _) -> first));
    Setting version = settings.get("server_version_num");
    if (version == null) {
      throw new UnreadableOutput("the server on %s printed no settings".formatted(tables.server()));
    }
    return new PostgresSettings(
        tables.server(),
        Text.smallCount(version.value()),
        settings,
        tables.table("overrides").stream()
            .map(row ->
                new RoleSetting(
                    row.get("database"), row.get("role"), row.get("name"), row.get("value")))
            .toList(),
        tables.table("device").stream().map(row -> row.get("device")).findFirst());
  }

  private static Setting row(Csv.Row row) {
    return new Setting(
        row.get("name"),
        row.get("setting"),
        row.get("source"),
        Text.unlessBlank(row.get("sourcefile")),
        row.smallCount("sourceline"),
        row.get("pending_restart").equals("t"));
  }
}
