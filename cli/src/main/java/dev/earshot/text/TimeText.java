package dev.earshot.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: `500ms`, `10 s`, `2m` or `2min`, `3h`, `1d`.
public final class TimeText {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d)");

  private static final Pattern BARE = Pattern.compile("\\d{1,9}");

  private TimeText() {}

  /// Nothing where the text is no time; a number needs its unit.
  public static Optional<Duration> read(String text) {
    return Optional.of(TIME.matcher(text))
        .filter(Matcher::matches)
        .map(time -> of(Long.parseLong(time.group(1)), time.group(2)));
  }

  /// The same, where a bare number is one of seconds.
  public static Optional<Duration> readSeconds(String text) {
    return BARE.matcher(text).matches() ? read(text + "s") : read(text);
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
