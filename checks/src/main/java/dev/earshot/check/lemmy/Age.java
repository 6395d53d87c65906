package dev.earshot.check.lemmy;

import java.time.Duration;

/// How long ago, or how long yet, as people say it.
final class Age {

  private Age() {}

  /// `90 min`, `30 h`, `5 days`
  static String of(Duration duration) {
    return duration.compareTo(Duration.ofHours(2)) < 0
        ? duration.toMinutes() + " min"
        : duration.compareTo(Duration.ofDays(2)) < 0
            ? duration.toHours() + " h"
            : duration.toDays() + " days";
  }
}
