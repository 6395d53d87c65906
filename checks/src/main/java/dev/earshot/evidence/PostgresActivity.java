package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a PostgreSQL server is doing: counters since its statistics were last reset, and its
/// sessions now.
///
/// @param statements totals of `pg_stat_statements`, where the extension is installed
/// @param evictions from `pg_stat_statements`, where the extension counts them
/// @param wal `pg_stat_wal`, PostgreSQL 14 to 17, and `pg_stat_io` since
public record PostgresActivity(
    PostgresServer server,
    List<Sessions> sessions,
    List<DatabaseCounters> databases,
    Optional<Statements> statements,
    Optional<Evictions> evictions,
    Optional<Wal> wal,
    List<Standby> standbys) {

  /// So many client sessions that are alike. Without `pg_monitor`, client, state and event of other
  /// roles' sessions are empty.
  ///
  /// @param client empty for the Unix socket
  /// @param state `active`, `idle`, `idle in transaction`, …
  /// @param waitsFor the kind of event it waits for: `Lock`, `Client`, `IPC`, …
  /// @param encrypted by TLS or GSSAPI; nothing in evidence of earlier versions, and where the
  ///   server does not show it
  public record Sessions(
      Optional<Address> client,
      String role,
      String database,
      String state,
      String waitsFor,
      Optional<Boolean> encrypted,
      int count) {

    private static final Set<String> AT_WORK =
        Set.of("active", "idle in transaction", "idle in transaction (aborted)");

    /// Whether their connections are taken: no other request of the client gets them.
    public boolean isAtWork() {
      return AT_WORK.contains(state);
    }
  }

  /// What one database has counted.
  ///
  /// @param active time that sessions spent executing (PostgreSQL 14 and later, else zero)
  /// @param idleInTransaction time that open transactions spent waiting for their client
  public record DatabaseCounters(
      String name,
      long commits,
      long rollbacks,
      long rowsWritten,
      Duration active,
      Duration idleInTransaction) {}

  /// Totals over all statements.
  ///
  /// @param calls statements executed
  /// @param execution time spent executing them
  /// @param writingCalls executions of statements that write as a rule, where the server counts WAL
  ///   by statement (PostgreSQL 13 and later)
  /// @param at the server's clock when it counted, which is some tenths of a second after the probe
  ///   began: `psql` has been started several times by then
  public record Statements(
      long calls, Duration execution, Optional<Long> writingCalls, Optional<Duration> at) {}

  /// How often the rarest statements were thrown out to make room for others.
  ///
  /// @param counting since when
  public record Evictions(long times, Optional<Duration> counting) {}

  /// What the write-ahead log cost.
  ///
  /// @param syncs times that WAL was flushed to disk
  /// @param syncTime time that took; zero unless `track_wal_io_timing` is on
  public record Wal(long syncs, Duration syncTime) {}

  /// A server that replicates from this one.
  ///
  /// @param syncState `async`, `potential`, `sync` or `quorum`
  public record Standby(String name, Optional<Address> client, String state, String syncState) {

    /// Commits may wait for it.
    public boolean isSynchronous() {
      return syncState.equals("sync") || syncState.equals("quorum");
    }
  }

  private static final String STATEMENTS =
      """
      \\echo @sessions
      select host(client_addr) as client, usename as role, datname as database, state, wait_event_type as waits_for, t.ssl or g.encrypted as encrypted, count(*) as sessions from pg_stat_activity left join pg_stat_ssl t using (pid) left join pg_stat_gssapi g using (pid) where pid <> pg_backend_pid() and (backend_type = 'client backend' or backend_type is null and usename is not null and datname is not null) group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6;
      \\echo @databases
      select datname as name, xact_commit as commits, xact_rollback as rollbacks, tup_inserted + tup_updated + tup_deleted as rows_written, to_jsonb(d) ->> 'active_time' as active_ms, to_jsonb(d) ->> 'idle_in_transaction_time' as idle_in_transaction_ms from pg_stat_database d where datname is not null order by 1;
      \\echo @standbys
      select application_name as name, host(client_addr) as client, state, sync_state from pg_stat_replication order by 1;
      select current_setting('server_version_num')::int between 140000 and 179999 as wal, current_setting('server_version_num')::int >= 180000 as wal_io \\gset
      \\if :wal
      \\echo @wal
      select wal_sync as syncs, wal_sync_time as sync_ms from pg_stat_wal;
      \\endif
      \\if :wal_io
      \\echo @wal
      select sum(fsyncs) as syncs, sum(fsync_time) as sync_ms from pg_stat_io where object = 'wal';
      \\endif
      """;

  private static final String DATABASES =
      """
      select datname from pg_stat_database where datname is not null and datname !~ '[[:cntrl:]]' order by numbackends desc, xact_commit desc limit 8;
      """;

  private static final String OF_DATABASE =
      """
      select count(*) > 0 as found, coalesce(min(extnamespace::regnamespace::text), '') as at from pg_extension where extname = 'pg_stat_statements' \\gset
      \\if :found
      \\echo @statements
      select sum(calls) as calls, sum(coalesce(j ->> 'total_exec_time', j ->> 'total_time')::float8) as execution_ms, case when bool_or(j ? 'wal_records') then coalesce(sum(calls) filter (where (j ->> 'wal_records')::bigint >= calls), 0) end as writing_calls, extract(epoch from clock_timestamp()) * 1000 as at_ms from (select calls, to_jsonb(s) as j from :at.pg_stat_statements(false) s) counted;
      select to_regclass(:'at' || '.pg_stat_statements_info') is not null as informed \\gset
      \\if :informed
      \\echo @evictions
      select dealloc as times, extract(epoch from now() - stats_reset) as counting_s from :at.pg_stat_statements_info;
      \\endif
      \\endif
      """;

  public static final Probe<Sampled.Sample<List<PostgresActivity>>> PROBE =
      SampledProbe.of(
              "postgres.activity",
              "PostgreSQL's sessions by client, its counters of transactions and statements, and its standbys.",
              Psql.PRELUDE
                  + """
                  printf '%s\\n' "$sockets" | while read -r socket; do
                    server "$socket"
                    printf '%s\\n' STATEMENTS | query "$socket" postgres 2>/dev/null
                    printf '%s\\n' '\\pset tuples_only on' '\\pset format unaligned' DATABASES | query "$socket" postgres 2>/dev/null | while IFS= read -r database; do
                      found=$(printf '%s\\n' OF_DATABASE | query "$socket" "$database" 2>/dev/null)
                      [ -z "$found" ] || { printf '%s\\n' "$found"; break; }
                    done
                  done
                  """
                      .replace("OF_DATABASE", Psql.word(OF_DATABASE))
                      .replace("DATABASES", Psql.word(DATABASES))
                      .replace("STATEMENTS", Psql.word(STATEMENTS)),
              PostgresActivity::parse)
          .needing(Psql.PRIVILEGE)
          .guardedBy(Psql.GUARD);

  static final SqlProgram PROGRAM = new SqlProgram(PROBE, STATEMENTS, DATABASES, OF_DATABASE, "");

  public PostgresActivity {
    sessions = List.copyOf(sessions);
    databases = List.copyOf(databases);
    standbys = List.copyOf(standbys);
  }

  public int port() {
    return server.port();
  }

  public long sessionCount() {
    return sessions.stream().mapToLong(Sessions::count).sum();
  }

  /// Whether the server let us see what the sessions do.
  public boolean showsStates() {
    return sessions.isEmpty() || sessions.stream().anyMatch(session -> !session.state().isEmpty());
  }

  static List<PostgresActivity> parse(String output) {
    var servers = PsqlTables.parse(output).stream().map(PostgresActivity::server).toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  private static PostgresActivity server(PsqlTables tables) {
    if (!tables.has("databases")) {
      throw new UnreadableOutput("the server on %s printed no counters".formatted(tables.server()));
    }
    return new PostgresActivity(
        tables.server(),
        tables.table("sessions").stream()
            .map(row ->
                new Sessions(
                    client(row),
                    row.get("role"),
                    row.get("database"),
                    row.get("state"),
                    row.get("waits_for"),
                    Text.unlessBlank(row.get("encrypted")).map("t"::equals),
                    row.smallCount("sessions")))
            .toList(),
        tables.table("databases").stream()
            .map(row ->
                new DatabaseCounters(
                    row.get("name"),
                    row.count("commits"),
                    row.count("rollbacks"),
                    row.count("rows_written"),
                    row.milliseconds("active_ms"),
                    row.milliseconds("idle_in_transaction_ms")))
            .toList(),
        tables.table("statements").stream()
            .map(row ->
                new Statements(
                    row.count("calls"),
                    row.milliseconds("execution_ms"),
                    Text.unlessBlank(row.get("writing_calls")).map(Text::count),
                    Text.unlessBlank(row.get("at_ms")).map(Text::milliseconds)))
            .findFirst(),
        tables.table("evictions").stream()
            .map(row -> new Evictions(row.count("times"), row.seconds("counting_s")))
            .findFirst(),
        tables.table("wal").stream()
            .map(row -> new Wal(row.count("syncs"), row.milliseconds("sync_ms")))
            .findFirst(),
        tables.table("standbys").stream()
            .map(row ->
                new Standby(row.get("name"), client(row), row.get("state"), row.get("sync_state")))
            .toList());
  }

  private static Optional<Address> client(Csv.Row row) {
    return Text.unlessBlank(row.get("client")).map(Address::of);
  }
}
