package dev.earshot.evidence;

import dev.earshot.evidence.PostgresHealth.Age;
import dev.earshot.evidence.PostgresHealth.Archiver;
import dev.earshot.evidence.PostgresHealth.Backlog;
import dev.earshot.evidence.PostgresHealth.Blocked;
import dev.earshot.evidence.PostgresHealth.Checkpoints;
import dev.earshot.evidence.PostgresHealth.Collation;
import dev.earshot.evidence.PostgresHealth.Counters;
import dev.earshot.evidence.PostgresHealth.Ends;
import dev.earshot.evidence.PostgresHealth.History;
import dev.earshot.evidence.PostgresHealth.Horizon;
import dev.earshot.evidence.PostgresHealth.Indexes;
import dev.earshot.evidence.PostgresHealth.Mistake;
import dev.earshot.evidence.PostgresHealth.Prepared;
import dev.earshot.evidence.PostgresHealth.Role;
import dev.earshot.evidence.PostgresHealth.Shadowed;
import dev.earshot.evidence.PostgresHealth.Slot;
import dev.earshot.evidence.PostgresHealth.Standby;
import dev.earshot.evidence.PostgresHealth.Transaction;
import dev.earshot.evidence.PostgresHealth.Unvacuumed;
import dev.earshot.evidence.PostgresHealth.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads what [PostgresHealthProgram] prints.
final class PostgresHealthTables {

  /// PostgreSQL's last year is 294276.
  private static final double LATEST_SECOND = 9.3e12;

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
    boolean seesSessions = server.isTrue("sees_sessions");
    return new PostgresHealth(
        tables.server(),
        server.isTrue("in_recovery"),
        server.smallCount("receivers"),
        server.seconds("replayed_s"),
        tables.list("transactions", PostgresHealthTables::transaction).filter(_ -> seesSessions),
        tables.list("blocked", PostgresHealthTables::blocked).filter(_ -> seesSessions),
        tables.list(
            "prepared",
            row -> new Prepared(row.get("role"), row.get("database"), age(row, "age_s"))),
        tables.list(
            "ages",
            row ->
                new Age(row.get("database"), row.count("transactions"), row.count("multixacts"))),
        tables.list("counters", PostgresHealthTables::counters),
        tables.list("slots", PostgresHealthTables::slot),
        first(
            tables,
            "archiver",
            row ->
                new Archiver(
                    row.count("archived"),
                    row.count("failed"),
                    row.seconds("archived_ago_s"),
                    row.seconds("failed_ago_s"))),
        first(
            tables,
            "checkpoints",
            row ->
                new Checkpoints(
                    row.count("timed"), row.count("requested"), row.seconds("counting_s"))),
        tables.list("standbys", PostgresHealthTables::standby),
        tables.list(
            "collations",
            row -> new Collation(row.get("database"), row.get("recorded"), row.get("actual"))),
        tables.list(
            "mistakes",
            row ->
                new Mistake(
                    row.get("file"), row.smallCount("line"), row.get("setting"), row.get("error"))),
        ofDatabases(
            tables,
            "indexes",
            row -> new Indexes(row.get("database"), row.count("invalid"), row.get("example"))),
        tables
            .list("horizon", row -> new Horizon(row.get("kind"), row.get("name"), row.count("age")))
            .filter(_ -> seesSessions),
        tables.list("shadowed", PostgresHealthTables::shadowed),
        first(tables, "backlog", row -> new Backlog(row.count("files"), row.seconds("waiting_s"))),
        tables.list("roles", PostgresHealthTables::role),
        ofDatabases(
            tables,
            "unvacuumed",
            row -> new Unvacuumed(row.get("database"), row.count("tables"), row.get("example"))),
        first(
                tables,
                "workers",
                row -> new Workers(row.smallCount("busy"), row.seconds("youngest_s")))
            .filter(_ -> seesSessions),
        first(tables, "notifications", row -> Percent.ofRatio(ratio(row, "used"))),
        first(
            tables, "timeline", row -> new History(row.get("system"), row.smallCount("timeline"))),
        tables.list("tablespaces", row -> row.get("name")),
        tables.asked().stream()
            .map(name -> name.replaceFirst("(?<!\\d)\\d++$", ""))
            .collect(Collectors.toSet()));
  }

  private static double ratio(Csv.Row row, String column) {
    return Text.number(row.get(column))
        .orElseThrow(() -> new UnreadableOutput("not a share: " + Text.clip(row.get(column))));
  }

  private static Shadowed shadowed(Csv.Row row) {
    return new Shadowed(
        row.get("setting"),
        row.get("file"),
        row.smallCount("line"),
        row.get("by_file"),
        row.smallCount("by_line"));
  }

  private static Role role(Csv.Row row) {
    return new Role(
        row.get("role"),
        row.isTrue("superuser"),
        Text.unlessBlank(row.get("valid_until_s")).map(PostgresHealthTables::instant));
  }

  /// In seconds since 1970. A point in time may lie farther ahead than any time that passed.
  private static Instant instant(String seconds) {
    double value = Text.number(seconds).orElse(Double.NaN);
    if (!(value <= LATEST_SECOND)) {
      throw new UnreadableOutput("not a point in time: " + Text.clip(seconds));
    }
    return Instant.ofEpochSecond((long) Math.max(0, value));
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
        row.seconds("counting_s"));
  }

  private static Slot slot(Csv.Row row) {
    return new Slot(
        row.get("name"),
        row.get("type"),
        row.isTrue("active"),
        row.get("wal_status"),
        row.isTrue("synced"),
        bytes(row, "retained_bytes"),
        bytes(row, "safe_bytes"));
  }

  private static Standby standby(Csv.Row row) {
    return new Standby(
        row.get("name"),
        Text.unlessBlank(row.get("client")).map(Address::of),
        row.get("state"),
        row.seconds("write_s"),
        row.seconds("flush_s"),
        row.seconds("replay_s"),
        bytes(row, "behind_bytes"));
  }

  /// Of all databases that let us in; nothing where none did.
  private static <T> Optional<List<T>> ofDatabases(
      PsqlTables tables, String what, Function<Csv.Row, T> read) {
    List<String> answered =
        IntStream.rangeClosed(1, PostgresHealthProgram.DATABASES)
            .mapToObj(number -> what + number)
            .filter(tables::has)
            .toList();
    return answered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            answered.stream().flatMap(name -> tables.table(name).stream()).map(read).toList());
  }

  private static <T> Optional<T> first(PsqlTables tables, String name, Function<Csv.Row, T> read) {
    return tables.table(name).stream().findFirst().map(read);
  }

  private static Duration age(Csv.Row row, String column) {
    return row.seconds(column).orElse(Duration.ZERO);
  }

  /// A standby may have repeated what its primary wrote since it told how much that is.
  private static Optional<Bytes> bytes(Csv.Row row, String column) {
    return Text.unlessBlank(row.get(column))
        .map(text -> new Bytes(text.startsWith("-") ? 0 : Text.count(text)));
  }
}
