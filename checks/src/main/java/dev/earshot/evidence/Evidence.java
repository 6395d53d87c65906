package dev.earshot.evidence;

import java.util.Optional;
import java.util.function.Function;

/// What one probe learned of one host.
///
/// The three cases are never merged: a check may pass on [Collected] or [Absent], but [Uncollected]
/// only ever becomes "unknown".
public sealed interface Evidence<T> {

  /// The host answered, and this is what it said.
  record Collected<T>(T value) implements Evidence<T> {}

  /// We looked; the host does not have it.
  record Absent<T>() implements Evidence<T> {}

  /// We could not look. The reason is a sentence for the admin and says what to allow or install.
  record Uncollected<T>(String reason) implements Evidence<T> {}

  /// The value, where one was collected.
  default Optional<T> collected() {
    return switch (this) {
      case Collected<T>(T value) -> Optional.of(value);
      case Absent<T>(), Uncollected<T>(_) -> Optional.empty();
    };
  }

  /// The same state with another value.
  default <R> Evidence<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Collected<T>(T value) -> new Collected<>(change.apply(value));
      case Absent<T>() -> new Absent<>();
      case Uncollected<T>(String reason) -> new Uncollected<>(reason);
    };
  }
}
