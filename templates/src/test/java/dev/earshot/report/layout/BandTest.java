package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandTest {

  @ParameterizedTest
  @CsvSource({
    "0, NEXT_DOOR",
    "0.5, NEXT_DOOR",
    "0.51, SAME_DATACENTER",
    "1, SAME_DATACENTER",
    "1.01, SAME_SITE",
    "2, SAME_SITE",
    "2.01, SAME_REGION",
    "10, SAME_REGION",
    "10.01, FAR",
    "900, FAR"
  })
  void limitsBelongToTheNearerBand(double ms, Band expected) {
    assertThat(Band.of(OptionalDouble.of(ms))).isEqualTo(expected);
  }

  @Test
  void whatIsNotKnownIsNotNear() {
    assertThat(Band.of(OptionalDouble.empty())).isEqualTo(Band.UNKNOWN);
  }
}
