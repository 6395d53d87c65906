package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A pooler in front of PostgreSQL: who waits in it for a connection, and how many it lends.
///
/// @param server by which it is told from others
/// @param pools one for each database and role that asked for one; its own console left out
/// @param databases that it knows, its own console left out
/// @param counters of databases since its start
/// @param clients that are connected
/// @param mostClients that may be (`max_client_conn`)
/// @param file that configures it
/// @param access whom it lets in; nothing in evidence of earlier versions
public record PgBouncer(
    PostgresServer server,
    List<Pool> pools,
    List<Database> databases,
    List<Counters> counters,
    Optional<Integer> clients,
    Optional<Integer> mostClients,
    Optional<String> file,
    Optional<PgBouncerAccess> access) {

  /// The connections to a database as a role.
  ///
  /// @param active clients that have a connection, or ask for nothing at the moment
  /// @param waiting clients that wait for one
  /// @param lent connections that clients have
  /// @param open all connections to the server, those that are being opened or tested included
  /// @param longestWait of the clients that wait now
  /// @param mode `session`, `transaction` or `statement`
  public record Pool(
      String database,
      String role,
      int active,
      int waiting,
      int lent,
      int open,
      Duration longestWait,
      String mode) {}

  /// A database by the name that clients ask for.
  ///
  /// @param host of the server; empty for the Unix socket
  /// @param size of each of its pools
  /// @param reserve that a pool may take more, where clients wait for long
  /// @param paused by an administrator: clients wait until it is resumed
  public record Database(
      String name, String host, int size, int reserve, boolean paused, boolean disabled) {}

  /// What it did for a database.
  ///
  /// @param waited time that its clients waited for a connection, all together
  public record Counters(String database, long transactions, Duration waited) {}

  private static final String CONSOLE = "pgbouncer";

  public static final Probe<Sampled.Sample<List<PgBouncer>>> PROBE =
      SampledProbe.of(
              "pgbouncer.pools",
              "PgBouncer's pools, databases and counters, who is connected from where, four lines of its configuration, by its own console (`SHOW POOLS`, `SHOW DATABASES`, `SHOW STATS`, `SHOW LISTS`, `SHOW CONFIG`, `SHOW CLIENTS`), and its access rules (`auth_hba_file`, without options and comments): who waits for a connection, and what a move to another address takes.",
              PgBouncerProgram.COMMAND,
              PgBouncer::parse)
          .needing(
              "root, or `sudo -n -u postgres psql` (the user that PgBouncer runs as), or the login user in `stats_users`; `sudo -n docker` or `podman` for one in a container")
          .guardedBy(Processes.elseReturn("pgbouncer)"));

  public PgBouncer {
    pools = List.copyOf(pools);
    databases = List.copyOf(databases);
    counters = List.copyOf(counters);
  }

  /// The port that its clients know.
  public int port() {
    return server.port();
  }

  /// A shell's command that has its console do something, on its host.
  ///
  /// @param command without quotes
  public String console(String command) {
    String psql =
        server.container().isPresent()
            ? server.psql()
            : "sudo -u postgres psql -X -p %d -U pgbouncer".formatted(port());
    return "%s -d %s -c '%s'".formatted(psql, CONSOLE, command);
  }

  /// What it knows of a pool's database.
  public Optional<Database> database(Pool pool) {
    return databases.stream().filter(one -> one.name().equals(pool.database())).findFirst();
  }

  static List<PgBouncer> parse(String output) {
    var poolers = PsqlTables.parse(output).stream().map(PgBouncer::pooler).toList();
    if (poolers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return poolers;
  }

  private static PgBouncer pooler(PsqlTables tables) {
    if (!tables.has("pools")) {
      throw new UnreadableOutput("PgBouncer on %s showed no pools".formatted(tables.server()));
    }
    return new PgBouncer(
        tables.server(),
        tables.table("pools").stream()
            .filter(row -> !row.get("database").equals(CONSOLE))
            .map(PgBouncer::pool)
            .toList(),
        tables.table("databases").stream()
            .filter(row -> !row.get("name").equals(CONSOLE))
            .map(row ->
                new Database(
                    row.get("name"),
                    row.get("host").startsWith("/") ? "" : row.get("host"),
                    row.smallCount("pool_size"),
                    row.smallCount(
                        row.get("reserve_pool_size").isEmpty()
                            ? "reserve_pool"
                            : "reserve_pool_size"),
                    row.count("paused") > 0,
                    row.count("disabled") > 0))
            .toList(),
        tables.table("stats").stream()
            .map(row ->
                new Counters(
                    row.get("database"),
                    row.count("total_xact_count"),
                    micros(row, "total_wait_time")))
            .toList(),
        value(tables, "lists", "list", "used_clients", "items").map(Text::smallCount),
        value(tables, "config", "key", "max_client_conn", "value").map(Text::smallCount),
        value(tables, "config", "key", "conffile", "value"),
        PgBouncerAccess.of(
            tables,
            value(tables, "config", "key", "auth_type", "value"),
            value(tables, "config", "key", "auth_hba_file", "value")));
  }

  private static Pool pool(Csv.Row row) {
    int lent = row.smallCount("sv_active");
    return new Pool(
        row.get("database"),
        row.get("user"),
        row.smallCount("cl_active"),
        row.smallCount("cl_waiting"),
        lent,
        lent
            + row.smallCount("sv_idle")
            + row.smallCount("sv_used")
            + row.smallCount("sv_tested")
            + row.smallCount("sv_login"),
        Duration.ofSeconds(row.count("maxwait")).plus(micros(row, "maxwait_us")),
        row.get("pool_mode"));
  }

  private static Duration micros(Csv.Row row, String column) {
    return Duration.ofNanos(Math.multiplyExact(row.count(column), 1000L));
  }

  private static Optional<String> value(
      PsqlTables tables, String table, String key, String name, String value) {
    return tables.table(table).stream()
        .filter(row -> row.get(key).equals(name))
        .map(row -> row.get(value))
        .filter(text -> !text.isBlank())
        .findFirst();
  }
}
