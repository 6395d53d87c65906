package dev.earshot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations, rates, shares and sizes, as people read them.
class MillisTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.034, 0.03 ms",
    "0.994, 0.99 ms",
    "0.995, 1.0 ms",
    "25.34, 25.3 ms",
    "99.94, 99.9 ms",
    "99.95, 100 ms",
    "533.8, 534 ms",
    "-25.3, -25.3 ms"
  })
  void formatsWithTheDecimalsThatMatter(double milliseconds, String text) {
    assertThat(Millis.format(Millis.duration(milliseconds))).isEqualTo(text);
  }

  @Test
  void measuresEveryDurationThereIs() {
    assertThat(Millis.of(Duration.ofSeconds(Long.MAX_VALUE))).isGreaterThan(9e21);
    assertThat(Millis.duration(1e300)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    assertThat(Millis.ratio(Duration.ofMillis(1), Duration.ZERO)).isZero();
    assertThat(Millis.ratio(Duration.ofMillis(1), Duration.ofMillis(4))).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({"9.96, 10.0 %", "0, 0 %", "12.4, 12 %", "100, 100 %"})
  void formatsShares(double value, String text) {
    assertThat(new Percent(value)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "1073741824, 1.0 GiB"})
  void formatsSizes(long value, String text) {
    assertThat(new Bytes(value)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"20, PT10S, 2.0/s", "1, PT0.000001S, 1000000/s", "0, PT10S, 0.0/s"})
  void formatsRates(double count, Duration over, String text) {
    assertThat(Rate.of(count, over)).hasToString(text);
  }
}
