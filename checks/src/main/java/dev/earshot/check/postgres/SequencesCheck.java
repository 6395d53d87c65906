package dev.earshot.check.postgres;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.Sequence;
import java.util.List;

/// Sequences near their end, or near the end of what the column that they fill can hold: an `int4`
/// ends at 2147483647, whatever its sequence could still give out.
///
/// Limits: 70 % leaves time to plan a change of type, which rewrites the table; at 90 % there may
/// be none.
public final class SequencesCheck implements Check {

  private static final String ID = "postgres.sequences";

  private static final Limit.Share MUCH = new Limit.Share(ID, "much", new Percent(70));
  private static final Limit.Share NEARLY_ALL =
      new Limit.Share(ID, "nearly_all", new Percent(90), MUCH);

  private static final String SQL =
      "select schemaname, sequencename, data_type, last_value, max_value from pg_sequences order by last_value::numeric / max_value desc nulls last limit 20";

  private static final Card CARD =
      new Card(
          List.of("postgres.settings", "postgres.tables"),
          List.of(
              new Threshold(
                  "%s given out: medium".formatted(MUCH.told()),
                  "time to plan a change of type",
                  MUCH),
              new Threshold(
                  "%s given out: high".formatted(NEARLY_ALL.told()),
                  "check_postgres is critical at 95 %, when a busy table may have days",
                  NEARLY_ALL)),
          "psql -d DATABASE -c \"" + SQL + "\"",
          "Change the column to bigint, with all that point to it: a new column that a trigger fills and a swap of both locks for moments, ALTER TABLE for as long as the table is rewritten. Then ALTER SEQUENCE … AS bigint.");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Sequences are far from their end",
        Severity.HIGH,
        """
        When a sequence or its column ends, every insert fails until the column's type is changed, \
        which rewrites the table.\
        """,
        CARD);
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Servers.eachTables(info(), fleet, SequencesCheck::judge);
  }

  private static Finding judge(JudgedServer server, PostgresTables tables) {
    Percent limit = server.thresholds().of(MUCH);
    Found.Look<Sequence> look =
        Found.in(tables, Database::sequences, sequence -> sequence.used().value());
    List<Found<Sequence>> bad =
        look.all().stream().filter(found -> found.thing().used().compareTo(limit) > 0).toList();
    Measurement measured =
        Measurement.limited(
            "sequenceUsedPercent",
            look.all().stream().mapToDouble(found -> found.thing().used().value()).max().orElse(0),
            limit.value(),
            "pg_sequence");
    if (bad.isEmpty()) {
      int hidden = tables.asked().stream().mapToInt(Database::hiddenSequences).sum();
      return hidden > 0
          ? server.unknown(
              "how far %d sequences are is not shown: GRANT pg_read_all_data to the role that looks"
                  .formatted(hidden))
          : look.well(server, "no sequence has given out more than " + limit, measured);
    }
    return server.fail(
        bad.getFirst().thing().used().compareTo(server.thresholds().of(NEARLY_ALL)) > 0
            ? Severity.HIGH
            : Severity.MEDIUM,
        "given out: %s; limit %s"
            .formatted(JudgedServer.some(bad.stream().map(SequencesCheck::told).toList()), limit),
        server.byPeople(
            "Change the column that it fills to bigint, with all that point to it, before the numbers are used up; ALTER TABLE rewrites the table and locks it meanwhile.",
            SQL),
        measured);
  }

  private static String told(Found<Sequence> found) {
    Sequence sequence = found.thing();
    return "%s of %s%s, %d left"
        .formatted(
            sequence.used(),
            found.named(sequence.sequence()),
            sequence.column().isEmpty() ? "" : ", which fills " + sequence.column(),
            sequence.left());
  }
}
