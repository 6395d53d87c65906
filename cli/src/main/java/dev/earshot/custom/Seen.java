package dev.earshot.custom;

import dev.earshot.evidence.CustomCommand;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Sampled;
import dev.earshot.python.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one host answered to one check: something to judge, or why there is nothing.
sealed interface Seen {

  /// Something to judge.
  ///
  /// @param thing on the host that it is about, where there may be several
  /// @param variables by the names that conditions know them by
  /// @param shown the answer in a phrase, for people
  /// @param failed how the command ended, where that was with another status than 0
  record Judgeable(
      Optional<String> thing,
      Map<String, Value> variables,
      Optional<String> shown,
      Optional<String> failed)
      implements Seen {}

  /// It could not be looked at.
  ///
  /// @param isTold whether the report says so elsewhere already
  record Unseen(Optional<String> thing, String reason, boolean isTold) implements Seen {}

  /// There is nothing of the kind.
  record Nothing(String because) implements Seen {}

  /// Of a host that was asked, or was not.
  static List<Seen> of(Asked asked, HostRecording recording) {
    Optional<String> silence = recording.silence();
    if (silence.isPresent()) {
      return List.of(unseen(silence.get(), true));
    }
    return switch (asked) {
      case Asked.OfHost(CustomCommand command) -> List.of(command(command.probe(), recording));
      case Asked.OfPostgres(var query) -> query(query.probe(), recording);
      case Asked.OfProbe(Probe<?> probe) -> List.of(known(probe, recording));
    };
  }

  private static Seen command(Probe<CustomCommand.Output> probe, HostRecording recording) {
    return answer(probe, Moment.ONCE, recording)
        .map(answer -> command(probe.read(answer.result())))
        .orElseGet(() -> notAsked(recording));
  }

  private static Seen command(Evidence<CustomCommand.Output> evidence) {
    return switch (evidence) {
      case Evidence.Uncollected<CustomCommand.Output>(String reason) -> unseen(reason, false);
      case Evidence.Absent<CustomCommand.Output>() -> new Nothing("there is no such thing");
      case Evidence.Collected<CustomCommand.Output>(CustomCommand.Output output) ->
          switch (output.status()) {
            case 126, 127 -> unseen("the command could not be run: " + Shown.of(output), false);
            case 0 ->
                new Judgeable(
                    Optional.empty(),
                    Map.of("result", Variables.result(output)),
                    Optional.of("it printed " + Shown.text(output.stdout())),
                    Optional.empty());
            default ->
                new Judgeable(
                    Optional.empty(),
                    Map.of("result", Variables.result(output)),
                    Optional.of(
                        "it ended with %d: %s".formatted(output.status(), Shown.of(output))),
                    Optional.of(
                        "the command ended with status %d: %s"
                            .formatted(output.status(), Shown.of(output))));
          };
    };
  }

  private static List<Seen> query(Probe<List<CustomQuery.Rows>> probe, HostRecording recording) {
    return answer(probe, Moment.ONCE, recording)
        .map(answer -> query(probe.read(answer.result())))
        .orElseGet(() -> List.of(notAsked(recording)));
  }

  private static List<Seen> query(Evidence<List<CustomQuery.Rows>> evidence) {
    return switch (evidence) {
      case Evidence.Uncollected<List<CustomQuery.Rows>>(String reason) ->
          List.of(unseen(reason, false));
      case Evidence.Absent<List<CustomQuery.Rows>>() ->
          List.of(new Nothing("there is no PostgreSQL"));
      case Evidence.Collected<List<CustomQuery.Rows>>(List<CustomQuery.Rows> servers) ->
          servers.stream().map(server -> rows(server, servers.size() > 1)).toList();
    };
  }

  private static Seen rows(CustomQuery.Rows server, boolean several) {
    Optional<String> thing = several ? Optional.of(server.server().toString()) : Optional.empty();
    if (server.refusal().isPresent()) {
      return new Unseen(thing, server.refusal().get(), false);
    }
    List<Value> rows = new ArrayList<>();
    for (String row : server.rows()) {
      Optional<Value> value = JsonValues.read(row);
      if (value.isEmpty()) {
        return new Unseen(thing, "a row of the answer is not JSON", false);
      }
      rows.add(value.get());
    }
    return new Judgeable(
        thing, Variables.rows(rows), Optional.of(Shown.rows(server.rows())), Optional.empty());
  }

  private static Seen known(Probe<?> probe, HostRecording recording) {
    Optional<Answer> given =
        probe.repeated()
            ? answer(probe, Moment.END, recording)
                .filter(answer -> probe.read(answer.result()).collected().isPresent())
                .or(() -> answer(probe, Moment.START, recording))
            : answer(probe, Moment.ONCE, recording);
    return given.map(answer -> known(probe, answer)).orElseGet(() -> notAsked(recording));
  }

  private static Seen known(Probe<?> probe, Answer answer) {
    return switch (probe.read(answer.result())) {
      case Evidence.Uncollected<?>(String reason) ->
          unseen("%s: %s".formatted(probe.id(), reason), true);
      case Evidence.Absent<?>() ->
          new Nothing("there is nothing that %s could read".formatted(probe.id()));
      case Evidence.Collected<?>(Object value) ->
          new Judgeable(
              Optional.empty(),
              Variables.evidence(
                  value instanceof Sampled.Sample<?>(_, Object sample) ? sample : value,
                  answer.result()),
              Optional.empty(),
              Optional.empty());
    };
  }

  private static Optional<Answer> answer(Probe<?> probe, Moment moment, HostRecording recording) {
    return Optional.ofNullable(recording.answers().get(new Question(probe.id(), moment)));
  }

  /// Where the host's answers end early, this one may have been among those that are missing.
  private static Seen notAsked(HostRecording recording) {
    return unseen(
        recording
            .interrupted()
            .map(reason ->
                reason.equals(HostRecording.MANAGED)
                    ? reason
                    : "it was not asked, or not answered: " + reason)
            .orElse("it was not asked when this evidence was saved"),
        true);
  }

  private static Unseen unseen(String reason, boolean isTold) {
    return new Unseen(Optional.empty(), reason, isTold);
  }
}
