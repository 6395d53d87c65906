package dev.earshot.evidence;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one host answered, as it came but redacted: the only thing that is kept, and what all
/// evidence is read from.
///
/// @param unreachable why nothing could be asked, if so; then there are no answers
/// @param interrupted why the answers end early, if they do
/// @param answers by [Question]
public record HostRecording(
    InventoryHost host,
    Optional<String> unreachable,
    Optional<String> interrupted,
    Map<Question, Answer> answers) {

  /// Which probe, and at which end of the window.
  public record Question(String probe, Moment moment) {
    @Override
    public String toString() {
      return moment == Moment.ONCE ? probe : probe + "." + moment.name().toLowerCase(Locale.ROOT);
    }
  }

  /// When a probe is asked.
  public enum Moment {
    ONCE,
    START,
    END
  }

  /// One answer.
  ///
  /// @param epochSecond when it was asked, by the host's clock
  public record Answer(CommandResult result, long epochSecond) {}

  public HostRecording {
    answers = Map.copyOf(answers);
  }

  public static HostRecording unreachable(InventoryHost host, String reason) {
    return new HostRecording(host, Optional.of(reason), Optional.empty(), Map.of());
  }
}
