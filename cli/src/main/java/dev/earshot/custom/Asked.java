package dev.earshot.custom;

import dev.earshot.evidence.CustomCommand;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Probe;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a custom check rests on.
public sealed interface Asked {

  /// A command, run on the host.
  record OfHost(CustomCommand command) implements Asked {}

  /// A query to each of the host's PostgreSQL servers.
  record OfPostgres(CustomQuery query) implements Asked {}

  /// What a probe of Earshot's own asks anyway.
  record OfProbe(Probe<?> known) implements Asked {}

  /// What has to be put to hosts for it, where anything has.
  default Optional<CustomQuestion> question() {
    return switch (this) {
      case OfHost(CustomCommand command) -> Optional.of(command);
      case OfPostgres(CustomQuery query) -> Optional.of(query);
      case OfProbe _ -> Optional.empty();
    };
  }

  /// The id under which its answer is kept.
  default String probe() {
    return switch (this) {
      case OfHost(CustomCommand command) -> command.probe().id();
      case OfPostgres(CustomQuery query) -> query.probe().id();
      case OfProbe(Probe<?> known) -> known.id();
    };
  }

  /// The same by hand.
  default String byHand() {
    return switch (this) {
      case OfHost(CustomCommand command) -> command.command().strip();
      case OfPostgres(CustomQuery query) ->
          "psql -d %s -c '%s'"
              .formatted(query.database().orElse("postgres"), query.sql().replace("'", "'\\''"));
      case OfProbe(Probe<?> known) ->
          "earshot probes   # %s: the command that it judges".formatted(known.id());
    };
  }

  /// The same, with other names in what people read of it.
  default Asked with(UnaryOperator<String> text) {
    return switch (this) {
      case OfHost(CustomCommand(String command, var probe)) ->
          new OfHost(new CustomCommand(text.apply(command), probe));
      case OfPostgres(CustomQuery(var database, String sql, var probe)) ->
          new OfPostgres(new CustomQuery(database.map(text), text.apply(sql), probe));
      case OfProbe _ -> this;
    };
  }
}
