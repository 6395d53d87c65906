package dev.earshot.topology;

import dev.earshot.evidence.Rate;
import java.time.Duration;

/// What crossed a set of connections within the window, seen from the client: only connections that
/// were open at both ends of the window count.
///
/// @param requests segments with payload from client to server
/// @param answers segments with payload from server to client
/// @param sent segments with payload from the side that we asked
/// @param retransmitted segments that it sent again
/// @param quietBefore time since the client last sent, at the start of the window
/// @param quietAfter the same at its end
public record Traffic(
    Duration window,
    long requests,
    long answers,
    long sent,
    long retransmitted,
    Duration quietBefore,
    Duration quietAfter) {

  /// Each round trip takes at least one segment either way, so the lesser count is the better
  /// bound.
  public long roundTrips() {
    return Math.min(requests, answers);
  }

  public Rate roundTripRate() {
    return Rate.of(roundTrips(), window);
  }

  /// The time between the last request before the window and the last one within it. Requests
  /// counted over this span have no cut one at either end, which matters when a window holds only a
  /// few.
  public Duration span() {
    Duration span = window.plus(quietBefore).minus(quietAfter);
    return span.isPositive() && quietBefore.compareTo(window) < 0 ? span : window;
  }

  Traffic plus(Traffic other) {
    return new Traffic(
        window.compareTo(other.window) >= 0 ? window : other.window,
        requests + other.requests,
        answers + other.answers,
        sent + other.sent,
        retransmitted + other.retransmitted,
        shorter(quietBefore, other.quietBefore),
        shorter(quietAfter, other.quietAfter));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
