package dev.earshot.evidence;

import dev.earshot.evidence.PostgresHealth.Age;
import dev.earshot.evidence.PostgresHealth.Archiver;
import dev.earshot.evidence.PostgresHealth.Blocked;
import dev.earshot.evidence.PostgresHealth.Checkpoints;
import dev.earshot.evidence.PostgresHealth.Collation;
import dev.earshot.evidence.PostgresHealth.Counters;
import dev.earshot.evidence.PostgresHealth.Ends;
import dev.earshot.evidence.PostgresHealth.Indexes;
import dev.earshot.evidence.PostgresHealth.Mistake;
import dev.earshot.evidence.PostgresHealth.Prepared;
import dev.earshot.evidence.PostgresHealth.Slot;
import dev.earshot.evidence.PostgresHealth.Standby;
import dev.earshot.evidence.PostgresHealth.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Reads what [PostgresHealthProgram] prints.
final class PostgresHealthTables {

  private PostgresHealthTables() {}

  static List<PostgresHealth> parse(String output) {
    var servers = PsqlTables.parse(output).stream().map(PostgresHealthTables::server).toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  private static PostgresHealth server(PsqlTables tables) {
    Csv.Row server =
        tables.table("server").stream()
            .findFirst()
            .orElseThrow(() ->
                new UnreadableOutput(
                    "the server on %s did not say how it is".formatted(tables.server())));
    boolean seesSessions = isTrue(server, "sees_sessions");
    return new PostgresHealth(
        tables.server(),
        isTrue(server, "in_recovery"),
        server.smallCount("receivers"),
        seconds(server, "replayed_s"),
        list(tables, "transactions", PostgresHealthTables::transaction).filter(_ -> seesSessions),
        list(tables, "blocked", PostgresHealthTables::blocked).filter(_ -> seesSessions),
        list(
            tables,
            "prepared",
            row -> new Prepared(row.get("role"), row.get("database"), age(row, "age_s"))),
        list(
            tables,
            "ages",
            row ->
                new Age(row.get("database"), row.count("transactions"), row.count("multixacts"))),
        list(tables, "counters", PostgresHealthTables::counters),
        list(tables, "slots", PostgresHealthTables::slot),
        first(
            tables,
            "archiver",
            row ->
                new Archiver(
                    row.count("archived"),
                    row.count("failed"),
                    seconds(row, "archived_ago_s"),
                    seconds(row, "failed_ago_s"))),
        first(
            tables,
            "checkpoints",
            row ->
                new Checkpoints(
                    row.count("timed"), row.count("requested"), seconds(row, "counting_s"))),
        list(tables, "standbys", PostgresHealthTables::standby),
        list(
            tables,
            "collations",
            row -> new Collation(row.get("database"), row.get("recorded"), row.get("actual"))),
        list(
            tables,
            "mistakes",
            row ->
                new Mistake(
                    row.get("file"), row.smallCount("line"), row.get("setting"), row.get("error"))),
        indexes(tables));
  }

  private static Transaction transaction(Csv.Row row) {
    return new Transaction(
        row.get("role"),
        row.get("database"),
        row.get("state"),
        age(row, "open_s"),
        age(row, "state_s"));
  }

  private static Blocked blocked(Csv.Row row) {
    return new Blocked(
        row.get("role"),
        row.get("database"),
        row.get("lock"),
        age(row, "waiting_s"),
        row.get("blocker"),
        row.get("blocker_state"));
  }

  private static Counters counters(Csv.Row row) {
    return new Counters(
        row.get("database"),
        row.count("deadlocks"),
        row.count("temp_files"),
        new Bytes(row.count("temp_bytes")),
        row.count("conflicts"),
        Text.unlessBlank(row.get("checksum_failures")).map(Text::count),
        row.count("blks_hit"),
        row.count("blks_read"),
        Text.unlessBlank(row.get("sessions"))
            .map(all ->
                new Ends(
                    Text.count(all),
                    row.count("abandoned"),
                    row.count("fatal"),
                    row.count("killed"))),
        seconds(row, "counting_s"));
  }

  private static Slot slot(Csv.Row row) {
    return new Slot(
        row.get("name"),
        row.get("type"),
        isTrue(row, "active"),
        row.get("wal_status"),
        isTrue(row, "synced"),
        bytes(row, "retained_bytes"));
  }

  private static Standby standby(Csv.Row row) {
    return new Standby(
        row.get("name"),
        Text.unlessBlank(row.get("client")).map(Address::of),
        row.get("state"),
        seconds(row, "write_s"),
        seconds(row, "flush_s"),
        seconds(row, "replay_s"),
        bytes(row, "behind_bytes"));
  }

  /// Of all databases that let us in; nothing where none did.
  private static Optional<List<Indexes>> indexes(PsqlTables tables) {
    List<String> answered =
        IntStream.rangeClosed(1, PostgresHealthProgram.DATABASES)
            .mapToObj(number -> "indexes" + number)
            .filter(tables::has)
            .toList();
    return answered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            answered.stream()
                .flatMap(name -> tables.table(name).stream())
                .map(row ->
                    new Indexes(row.get("database"), row.count("invalid"), row.get("example")))
                .toList());
  }

  private static <T> Optional<List<T>> list(
      PsqlTables tables, String name, Function<Csv.Row, T> read) {
    return tables.has(name)
        ? Optional.of(tables.table(name).stream().map(read).toList())
        : Optional.empty();
  }

  private static <T> Optional<T> first(PsqlTables tables, String name, Function<Csv.Row, T> read) {
    return tables.table(name).stream().findFirst().map(read);
  }

  private static boolean isTrue(Csv.Row row, String column) {
    return row.get(column).equals("t") || row.get(column).equals("true");
  }

  private static Duration age(Csv.Row row, String column) {
    return seconds(row, column).orElse(Duration.ZERO);
  }

  /// Clocks are set back at times: what lies ahead is now.
  private static Optional<Duration> seconds(Csv.Row row, String column) {
    return Text.unlessBlank(row.get(column))
        .map(text -> {
          double value =
              Text.number(text)
                  .orElseThrow(() -> new UnreadableOutput("not a time: " + Text.clip(text)));
          return Text.milliseconds(String.valueOf(Math.max(0, value * 1000)));
        });
  }

  /// A standby may have repeated what its primary wrote since it told how much that is.
  private static Optional<Bytes> bytes(Csv.Row row, String column) {
    return Text.unlessBlank(row.get(column))
        .map(text -> new Bytes(text.startsWith("-") ? 0 : Text.count(text)));
  }
}
