package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
import dev.earshot.check.Limit;
import dev.earshot.check.Severity;
import dev.earshot.check.Thresholds;
import java.time.Duration;
import java.util.List;

/// How late activities may be, sent or received.
///
/// @param lagging from where on it is told at all
/// @param veryLate from where on users complain
/// @param nearlyDropped a day before Lemmy drops them
record Lateness(Limit.Time lagging, Limit.Time veryLate, Limit.Time nearlyDropped) {

  /// Lemmy writes its state down once a minute, so that a shorter window shows steps, no rate.
  static final Duration TELLING = Duration.ofMinutes(3);

  /// @param check whose limits they are
  static Lateness of(String check) {
    Limit.Time lagging = new Limit.Time(check, "lagging", Duration.ofMinutes(10));
    Limit.Time veryLate = new Limit.Time(check, "very_late", Duration.ofDays(1), lagging);
    return new Lateness(
        lagging, veryLate, new Limit.Time(check, "nearly_dropped", Duration.ofDays(6), veryLate));
  }

  List<Card.Threshold> thresholds() {
    return List.of(
        new Card.Threshold(
            "more than %s behind: medium".formatted(lagging.told()),
            "the page that admins watch federation with (phiresky's) takes it for lagging",
            lagging),
        new Card.Threshold(
            "more than %s behind, or falling further behind: high".formatted(veryLate.told()),
            "what users complain of",
            veryLate),
        new Card.Threshold(
            "more than %s behind: critical".formatted(nearlyDropped.told()),
            "after seven days Lemmy drops activities, sent or not",
            nearlyDropped),
        new Card.Threshold(
            "progress within less than %d min: not judged".formatted(TELLING.toMinutes()),
            "Lemmy writes its state down once a minute, so that less shows steps, no rate"));
  }

  /// @param late more than lagging
  /// @param diverging whether it gets later still
  Severity severity(Thresholds limits, Duration late, boolean diverging) {
    if (late.compareTo(limits.of(nearlyDropped)) > 0) {
      return Severity.CRITICAL;
    }
    return late.compareTo(limits.of(veryLate)) > 0 || diverging ? Severity.HIGH : Severity.MEDIUM;
  }

  /// `90 min`, `30 h`, `5 days`
  static String told(Duration duration) {
    return duration.compareTo(Duration.ofHours(2)) < 0
        ? duration.toMinutes() + " min"
        : duration.compareTo(Duration.ofDays(2)) < 0
            ? duration.toHours() + " h"
            : duration.toDays() + " days";
  }
}
