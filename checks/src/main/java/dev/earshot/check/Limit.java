package dev.earshot.check;

import dev.earshot.evidence.Percent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// A number that decides in a check, and that an admin may set otherwise.
public sealed interface Limit {

  /// The check's id.
  String check();

  /// What `earshot.yml` calls it.
  String name();

  /// What holds where nobody says otherwise, as people read it.
  String told();

  /// The limit of the same measure that is passed first, where this is the worse one.
  Optional<? extends Limit> milder();

  /// A time.
  record Time(String check, String name, Duration usual, Optional<Time> milder) implements Limit {

    public Time(String check, String name, Duration usual) {
      this(check, name, usual, Optional.empty());
    }

    /// The worse one of two.
    public Time(String check, String name, Duration usual, Time milder) {
      this(check, name, usual, Optional.of(milder));
    }

    @Override
    public String told() {
      return told(usual);
    }

    /// `500 ms`, `10 min`
    public static String told(Duration time) {
      long millis = time.toMillis();
      if (millis == 0 || millis % 1000 != 0) {
        return millis + " ms";
      }
      long seconds = time.toSeconds();
      return seconds % 86_400 == 0
          ? seconds / 86_400 + " d"
          : seconds % 3_600 == 0
              ? seconds / 3_600 + " h"
              : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
  }

  /// A share.
  record Share(String check, String name, Percent usual, Optional<Share> milder) implements Limit {

    public Share(String check, String name, Percent usual) {
      this(check, name, usual, Optional.empty());
    }

    /// The worse one of two.
    public Share(String check, String name, Percent usual, Share milder) {
      this(check, name, usual, Optional.of(milder));
    }

    @Override
    public String told() {
      return told(usual);
    }

    /// As somebody would write it: `85 %`, `99.5 %`
    public static String told(Percent share) {
      return BigDecimal.valueOf(share.value()).stripTrailingZeros().toPlainString() + " %";
    }
  }
}
