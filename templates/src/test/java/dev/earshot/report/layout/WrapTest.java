package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrapTest {

  @ParameterizedTest
  @CsvSource({
    "one two three, 7, one two|three",
    "one two three, 100, one two three",
    "abcdefghij kl, 4, abcd|efgh|ij|kl",
    "名前名前 x, 4, 名前|名前|x",
    "'  spaced   out ', 20, spaced out",
    "'', 10, ''"
  })
  void linesBreakBetweenWordsAndWordsOnlyWhereTheyMust(String text, int width, String expected) {
    assertThat(String.join("|", Wrap.lines(text, width))).isEqualTo(expected);
  }
}
