package dev.earshot.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.layout.RenderOptions;
import org.junit.jupiter.api.Test;

class PageTest {

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
