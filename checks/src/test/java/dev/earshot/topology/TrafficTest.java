package dev.earshot.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {

  @ParameterizedTest
  @CsvSource({
    // the last request before the window left 0.3 s before it, the last one in it 0.1 s before its
    // end
    "0.3, 0.1, 10.2",
    "0, 0, 10",
    "0.1, 0.5, 9.6",
    // nothing came for longer than a window, so where the first request's gap begins is not known
    "60, 0.5, 10",
    // nothing came in the window at all
    "1, 11, 10"
  })
  void theSpanHoldsWholeRequestsOnly(double before, double after, double span) {
    assertThat(traffic(5, before, after).span()).isEqualTo(seconds(span));
  }

  @Test
  void sumsAreAsFreshAsTheFreshest() {
    Traffic sum = traffic(5, 3, 2).plus(traffic(7, 1, 4));

    assertThat(sum.roundTrips()).isEqualTo(12);
    assertThat(sum.quietBefore()).isEqualTo(seconds(1));
    assertThat(sum.quietAfter()).isEqualTo(seconds(2));
    assertThat(sum.roundTripRate().perSecond()).isEqualTo(1.2);
  }

  private static Traffic traffic(long count, double before, double after) {
    return new Traffic(seconds(10), count, count, count, 0, seconds(before), seconds(after));
  }

  private static Duration seconds(double value) {
    return Duration.ofMillis(Math.round(value * 1000));
  }
}
