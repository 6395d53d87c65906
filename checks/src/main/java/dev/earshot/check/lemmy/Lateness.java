package dev.earshot.check.lemmy;

import dev.earshot.check.Card;
import dev.earshot.check.Severity;
import java.time.Duration;
import java.util.List;

/// How late activities may be, sent or received.
final class Lateness {

  static final Duration LAGGING = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration NEARLY_DROPPED = Duration.ofDays(6);

  /// Lemmy writes its state down once a minute, so that a shorter window shows steps, no rate.
  static final Duration TELLING = Duration.ofMinutes(3);

  private Lateness() {}

  static List<Card.Threshold> thresholds() {
    return List.of(
        new Card.Threshold(
            "more than %d min behind: medium".formatted(LAGGING.toMinutes()),
            "the page that admins watch federation with (phiresky's) takes it for lagging"),
        new Card.Threshold(
            "more than %d h behind, or falling further behind: high".formatted(LONG.toHours()),
            "what users complain of"),
        new Card.Threshold(
            "more than %d days behind: critical".formatted(NEARLY_DROPPED.toDays()),
            "after seven days Lemmy drops activities, sent or not"),
        new Card.Threshold(
            "progress within less than %d min: not judged".formatted(TELLING.toMinutes()),
            "Lemmy writes its state down once a minute, so that less shows steps, no rate"));
  }

  /// @param late more than [#LAGGING]
  /// @param diverging whether it gets later still
  static Severity severity(Duration late, boolean diverging) {
    if (late.compareTo(NEARLY_DROPPED) > 0) {
      return Severity.CRITICAL;
    }
    return late.compareTo(LONG) > 0 || diverging ? Severity.HIGH : Severity.MEDIUM;
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
