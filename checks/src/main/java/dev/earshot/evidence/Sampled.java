package dev.earshot.evidence;

import java.time.Duration;
import java.util.function.BiFunction;

/// The answers to one probe at the two ends of the window.
public record Sampled<T>(Evidence<Sample<T>> start, Evidence<Sample<T>> end) {

  /// Why there is no change where the window was nothing.
  public static final String SINGLE =
      "a single sample was taken, with --window 0, which shows no change: audit with --window 10s";

  /// One answer, and the host's uptime at that moment: its own clock, which nobody adjusts.
  public record Sample<T>(Duration uptime, T value) {}

  /// What happened between the two answers.
  public record Change<T>(Duration window, T before, T after) {}

  /// The only answer.
  static <T> Sampled<T> single(Evidence<Sample<T>> answer) {
    return new Sampled<>(
        answer.collected().isPresent() ? new Evidence.Uncollected<>(SINGLE) : answer, answer);
  }

  /// Both answers, or why they are not there. A host that was restarted in between has no change.
  public Evidence<Change<T>> change() {
    return both((before, after) -> {
      Duration window = after.uptime().minus(before.uptime());
      return window.isPositive()
          ? new Evidence.Collected<>(new Change<>(window, before.value(), after.value()))
          : new Evidence.Uncollected<>("the host's clock did not advance between the samples");
    });
  }

  /// The newer answer; the older one where the newer is missing.
  public Evidence<T> latest() {
    return (end.collected().isPresent() ? end : start).map(Sample::value);
  }

  private <R> Evidence<R> both(BiFunction<Sample<T>, Sample<T>, Evidence<R>> use) {
    return switch (start) {
      case Evidence.Absent<Sample<T>>() -> new Evidence.Absent<>();
      case Evidence.Uncollected<Sample<T>>(String reason) -> new Evidence.Uncollected<>(reason);
      case Evidence.Collected<Sample<T>>(Sample<T> before) ->
          switch (end) {
            case Evidence.Absent<Sample<T>>() -> new Evidence.Absent<>();
            case Evidence.Uncollected<Sample<T>>(String reason) ->
                new Evidence.Uncollected<>(reason);
            case Evidence.Collected<Sample<T>>(Sample<T> after) -> use.apply(before, after);
          };
    };
  }
}
