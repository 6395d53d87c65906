package dev.earshot.check.postgres;

import java.time.Duration;

/// Times as people say them.
final class Spans {

  private Spans() {}

  /// `45 s`, `12 min`, `3 h`, `4 days`.
  static String told(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return time.toSeconds() + " s";
    } else if (time.compareTo(Duration.ofHours(2)) < 0) {
      return time.toMinutes() + " min";
    }
    return time.compareTo(Duration.ofDays(2)) < 0 ? time.toHours() + " h" : time.toDays() + " days";
  }
}
