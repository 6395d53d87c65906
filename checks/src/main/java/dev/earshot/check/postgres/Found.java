package dev.earshot.check.postgres;

import dev.earshot.check.Finding;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.evidence.PostgresTables;
import dev.earshot.evidence.PostgresTables.Database;
import dev.earshot.evidence.PostgresTables.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// One thing in one of a server's databases.
record Found<T>(Database database, T thing) {

  /// As many as a playbook is asked to mend at a time.
  static final int MENDED = 20;

  /// What a server's databases show of one kind.
  ///
  /// @param untold databases that did not show it
  /// @param young databases whose statistics count for too short a time
  record Look<T>(
      PostgresTables tables, List<Found<T>> all, List<String> untold, List<String> young) {

    /// Where nothing bad is among it: well, as far as it was seen.
    ///
    /// @param told what is well
    Finding well(JudgedServer server, String told, Measurement... measured) {
      if (tables.asked().isEmpty() && tables.databases() > 0) {
        return server.unknown("none of its databases let us in");
      }
      if (!untold.isEmpty()) {
        return server.unknown("%s did not show it within 5 s".formatted(JudgedServer.some(untold)));
      }
      if (!young.isEmpty()) {
        return server.notApplicable(JudgedServer.some(young));
      }
      return server.pass("%s, %s".formatted(told, where()), measured);
    }

    private String where() {
      return tables.asked().size() < tables.databases()
          ? "in the %d busiest of %d databases".formatted(tables.asked().size(), tables.databases())
          : "in all of its databases (%d)".formatted(tables.databases());
    }
  }

  /// Everything of a kind, the worst first.
  static <T> Look<T> in(
      PostgresTables tables,
      Function<Database, Optional<List<T>>> kind,
      ToDoubleFunction<T> badness) {
    return in(tables, Duration.ZERO, kind, badness);
  }

  /// @param least that statistics have to count for
  static <T> Look<T> in(
      PostgresTables tables,
      Duration least,
      Function<Database, Optional<List<T>>> kind,
      ToDoubleFunction<T> badness) {
    List<Database> old =
        tables.asked().stream().filter(database -> counts(database, least)).toList();
    return new Look<>(
        tables,
        old.stream()
            .flatMap(database ->
                kind.apply(database).stream()
                    .flatMap(List::stream)
                    .map(thing -> new Found<>(database, thing)))
            .sorted((a, b) ->
                Double.compare(badness.applyAsDouble(b.thing()), badness.applyAsDouble(a.thing())))
            .toList(),
        old.stream()
            .filter(database -> kind.apply(database).isEmpty())
            .map(Database::name)
            .toList(),
        tables.asked().stream()
            .filter(database -> !counts(database, least))
            .map(database ->
                "the statistics of %s count since %s only, and are judged from %s on"
                    .formatted(
                        database.name(),
                        database.counting().map(Spans::told).orElse("a time that is not shown"),
                        Spans.told(least)))
            .toList());
  }

  private static boolean counts(Database database, Duration least) {
    return least.isZero()
        || database.counting().filter(counting -> counting.compareTo(least) >= 0).isPresent();
  }

  /// `public.posts in lemmy`.
  String named(Relation relation) {
    return "%s in %s".formatted(relation, database.name());
  }

  static String sql(Relation relation) {
    return Quoted.sql(relation.schema()) + "." + Quoted.sql(relation.name());
  }
}
