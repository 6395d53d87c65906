package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSummaryTest {
  private static final LoadSummary TWENTY =
      new LoadSummary(
          IntStream.rangeClosed(1, 20).map(i -> 21 - i).mapToObj(Duration::ofMillis).toList(),
          1,
          Duration.ofSeconds(8));

  @ParameterizedTest
  @CsvSource({"0, 1", "0.5, 10", "0.95, 19", "0.951, 20", "1, 20"})
  void percentiles_are_times_that_were_measured(double share, double ms) {
    assertThat(TWENTY.percentileMs(share)).isEqualTo(ms);
  }

  @Test
  void the_line_has_rate_times_and_failures() {
    assertThat(TWENTY.json())
        .isEqualTo(
            "{\"requests\": 20, \"failures\": 1, \"seconds\": 8.000, \"requestsPerSecond\": 2.50,"
                + " \"meanMs\": 10.50, \"medianMs\": 10.00, \"p95Ms\": 19.00, \"maxMs\": 20.00}");
  }

  @Test
  void a_run_without_answers_is_all_zeros() {
    assertThat(new LoadSummary(List.of(), 3, Duration.ZERO).json())
        .contains("\"requests\": 0", "\"failures\": 3", "\"medianMs\": 0.00", "\"maxMs\": 0.00");
  }
}
