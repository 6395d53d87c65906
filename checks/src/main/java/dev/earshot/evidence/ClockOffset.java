package dev.earshot.evidence;

import dev.earshot.evidence.HostRecording.Begun;
import dev.earshot.evidence.TimeSync.WallClock;
import java.time.Duration;
import java.util.Optional;

/// How far a host's wall clock is from that of the machine that asked, as NTP works it out from one
/// exchange: the host read its clock after the program was sent and before its first word was
/// heard.
///
/// @param ahead of the asking machine's clock; negative where it is behind
/// @param uncertainty how far `ahead` may be off either way: half of the time that the exchange
///   took, and of the clock's resolution
public record ClockOffset(Duration ahead, Duration uncertainty) {

  static Evidence<ClockOffset> of(Evidence<TimeSync> timeSync, Optional<Begun> begun) {
    return switch (timeSync) {
      case Evidence.Uncollected<TimeSync>(String reason) -> new Evidence.Uncollected<>(reason);
      case Evidence.Absent<TimeSync>() -> new Evidence.Absent<>();
      case Evidence.Collected<TimeSync>(TimeSync sync) -> {
        if (sync.clock().isEmpty()) {
          yield new Evidence.Uncollected<>("its clock was not read");
        }
        yield begun
            .<Evidence<ClockOffset>>map(
                exchange -> new Evidence.Collected<>(of(sync.clock().get(), exchange)))
            .orElseGet(() -> new Evidence.Uncollected<>("nobody noted when it read its clock"));
      }
    };
  }

  private static ClockOffset of(WallClock clock, Begun begun) {
    Duration most = Duration.between(begun.sent(), clock.at().plus(clock.resolution()));
    Duration least = Duration.between(begun.heard(), clock.at());
    return new ClockOffset(least.plus(most).dividedBy(2), most.minus(least).dividedBy(2).abs());
  }
}
