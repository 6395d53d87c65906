package dev.earshot.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A window as people write it: `10s`, `500ms`, `2m`, and bare numbers as seconds.
public final class WindowText {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)?");

  private WindowText() {}

  /// Nothing where the text is no duration.
  public static Optional<Duration> read(String text) {
    return Optional.of(DURATION.matcher(text))
        .filter(Matcher::matches)
        .map(duration -> {
          long amount = Long.parseLong(duration.group(1));
          return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case null, default -> Duration.ofSeconds(amount);
          };
        });
  }
}
