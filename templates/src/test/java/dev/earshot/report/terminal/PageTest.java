package dev.earshot.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.layout.RenderOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

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
    assertThat(String.join("|", Page.wrap(text, width))).isEqualTo(expected);
  }

  @Test
  void withoutColourNothingIsPainted() {
    assertThat(new Page(RenderOptions.plain()).paint(Style.CRITICAL, "x")).isEqualTo("x");
  }

  @Test
  void withColourTheStyleEndsWithTheText() {
    Page page = new Page(new RenderOptions(true, 100, false));

    assertThat(page.paint(Style.GOOD, "x")).isEqualTo("\u001b[32mx\u001b[0m");
  }
}
