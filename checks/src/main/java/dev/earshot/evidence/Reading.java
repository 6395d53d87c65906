package dev.earshot.evidence;

import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one host's answers say: each is read once, however often it is asked for.
final class Reading {

  private final HostRecording recording;
  private final boolean single;
  private final Map<Question, Evidence<?>> read = new HashMap<>();

  /// @param window between the two samples; without one there is a single sample
  Reading(HostRecording recording, Duration window) {
    this.recording = recording;
    this.single = window.isZero();
  }

  HostRecording recording() {
    return recording;
  }

  /// The answer to a probe that is asked once.
  <T> Evidence<T> of(Probe<T> probe) {
    return read(probe, Moment.ONCE);
  }

  /// Both answers to a probe that is asked twice.
  <T> Sampled<T> both(Probe<Sampled.Sample<T>> probe) {
    return single
        ? Sampled.single(read(probe, Moment.END))
        : new Sampled<>(read(probe, Moment.START), read(probe, Moment.END));
  }

  /// What a probe printed, the last time where it is asked twice; nothing where it was not asked.
  String text(Probe<?> probe) {
    Moment moment = probe.repeated() ? Moment.END : Moment.ONCE;
    Answer answer = recording.answers().get(new Question(probe.id(), moment));
    return answer == null ? "" : answer.result().output();
  }

  /// All answers to a probe, in order.
  List<Evidence<?>> all(Probe<?> probe) {
    if (single && probe.repeated()) {
      return List.of(read(probe, Moment.END));
    }
    return probe.repeated()
        ? List.of(read(probe, Moment.START), read(probe, Moment.END))
        : List.of(read(probe, Moment.ONCE));
  }

  /// A question has one probe, and thereby the type of its evidence.
  @SuppressWarnings("unchecked")
  private <T> Evidence<T> read(Probe<T> probe, Moment moment) {
    return (Evidence<T>)
        read.computeIfAbsent(new Question(probe.id(), moment), question -> read(probe, question));
  }

  private <T> Evidence<T> read(Probe<T> probe, Question question) {
    Optional<String> silence = recording.silence();
    if (silence.isPresent()) {
      return new Evidence.Uncollected<>(silence.get());
    }
    Answer answer = recording.answers().get(question);
    if (answer == null && Probes.AFTERWARDS.contains(probe)) {
      return new Evidence.Absent<>();
    }
    return answer == null
        ? new Evidence.Uncollected<>(recording.interrupted().orElse("it was not asked"))
        : probe.read(answer.result());
  }
}
