package dev.earshot.evidence;

import dev.earshot.evidence.PostgresTables.Bloat;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.ForeignKey;
import dev.earshot.evidence.PostgresTables.Redundant;
import dev.earshot.evidence.PostgresTables.Relation;
import dev.earshot.evidence.PostgresTables.Scanned;
import dev.earshot.evidence.PostgresTables.Sequence;
import dev.earshot.evidence.PostgresTables.Stale;
import dev.earshot.evidence.PostgresTables.Unused;
import java.util.List;
import java.util.stream.IntStream;

/// Reads what [PostgresTablesProgram] prints.
final class PostgresTablesReading {

  private PostgresTablesReading() {}

  static List<PostgresTables> parse(String output) {
    var servers = PsqlTables.parse(output).stream().map(PostgresTablesReading::server).toList();
    if (servers.isEmpty()) {
      throw new UnreadableOutput("psql printed " + Text.firstLine(output));
    }
    return servers;
  }

  private static PostgresTables server(PsqlTables tables) {
    Csv.Row server =
        tables.table("server").stream()
            .findFirst()
            .orElseThrow(() ->
                new UnreadableOutput(
                    "the server on %s did not tell of its tables".formatted(tables.server())));
    return new PostgresTables(
        tables.server(),
        server.isTrue("in_recovery"),
        server.smallCount("databases"),
        IntStream.rangeClosed(1, PostgresTablesProgram.DATABASES)
            .filter(number -> !tables.table("database" + number).isEmpty())
            .mapToObj(number -> database(tables, number))
            .toList());
  }

  private static Database database(PsqlTables tables, int number) {
    Csv.Row row = tables.table("database" + number).getFirst();
    return new Database(
        row.get("database"),
        row.smallCount("unestimated"),
        row.smallCount("hidden_sequences"),
        row.seconds("counting_s"),
        tables.list(
            "bloat" + number,
            one ->
                new Bloat(
                    one.isTrue("index"), relation(one), size(one), new Bytes(one.count("wasted")))),
        tables.list(
            "unused" + number, one -> new Unused(relation(one), one.get("table"), size(one))),
        tables.list(
            "redundant" + number,
            one -> new Redundant(relation(one), one.get("covering"), size(one))),
        tables.list(
            "unindexed" + number,
            one ->
                new ForeignKey(
                    relation(one),
                    one.get("constraint"),
                    JsonText.strings(one.get("columns")),
                    one.get("referenced"),
                    size(one),
                    one.count("deleted"))),
        tables.list(
            "scanned" + number,
            one -> new Scanned(relation(one), size(one), one.count("rows"), one.count("read"))),
        tables.list(
            "stale" + number,
            one ->
                new Stale(
                    relation(one),
                    one.count("live"),
                    one.count("dead"),
                    one.count("modified"),
                    one.isTrue("vacuumed"),
                    one.isTrue("analyzed"))),
        tables.list("sequences" + number, PostgresTablesReading::sequence));
  }

  private static Sequence sequence(Csv.Row row) {
    double used =
        Text.number(row.get("used_percent"))
            .orElseThrow(
                () -> new UnreadableOutput("not a share: " + Text.clip(row.get("used_percent"))));
    return new Sequence(relation(row), new Percent(used), row.count("remaining"), row.get("owner"));
  }

  private static Relation relation(Csv.Row row) {
    return new Relation(row.get("schema"), row.get("name"));
  }

  private static Bytes size(Csv.Row row) {
    return new Bytes(row.count("bytes"));
  }
}
