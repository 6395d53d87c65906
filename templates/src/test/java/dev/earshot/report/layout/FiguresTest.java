package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "525.3, saves 525 ms",
    "1.24, saves 1.2 ms",
    "0.004, saves nothing",
    "0, saves nothing",
    "-0.004, saves nothing",
    "-1.3, costs 1.3 ms"
  })
  void aGainOfNothingIsSaidToBeNothing(double savesMs, String expected) {
    assertThat(Figures.gain(savesMs)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.002, 0.2 %", "0.01, 1 %", "0.914, 91 %", "1.04, 104 %"})
  void sharesHaveTheDecimalsThatMatter(double ratio, String expected) {
    assertThat(Figures.percent(ratio)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10, 10 s", "2.5, 2.5 s", "0, 0 s"})
  void secondsHaveNoNeedlessDecimals(double value, String expected) {
    assertThat(Figures.seconds(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "25, 25",
    "100, 100",
    "0.0003, 0.0003",
    "0.025806000000000003, 0.025806",
    "1e12, 1000000000000",
    "-0.0000000001, 0"
  })
  void programsGetNumbersWithoutAnExponent(double value, String expected) {
    assertThat(Figures.plain(value)).isEqualTo(expected);
  }
}
