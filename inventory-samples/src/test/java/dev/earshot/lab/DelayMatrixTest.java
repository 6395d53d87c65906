package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayMatrixTest {
  private static final List<Port> PORTS =
      Stream.of("lb1@gra", "db1@gra", "backend1@waw").map(Port::parse).toList();

  @ParameterizedTest
  @CsvSource({
    "0, 1,    150000",
    "1, 0,    150000",
    "0, 2, 12500000",
    "2, 0, 12500000",
    "2, 1, 12500000"
  })
  void frames_are_quick_within_a_site_and_slow_between_two(int from, int to, long nanos) {
    assertThat(new DelayMatrix(PORTS).nanos(from, to)).isEqualTo(nanos);
  }
}
