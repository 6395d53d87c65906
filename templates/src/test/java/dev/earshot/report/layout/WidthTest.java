package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthTest {

  @ParameterizedTest
  @CsvSource({"backend1, 8", "'', 0", "名前, 4", "e\u0301, 1", "🟢, 2", "→, 1", "Ａ, 2"})
  void wideCharactersTakeTwoColumnsAndMarksNone(String text, int columns) {
    assertThat(Width.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"backend1, 8, backend1", "backend1, 5, back…", "名前名, 4, 名…", "🟢🟢, 3, 🟢…"})
  void whatIsClippedSaysSo(String text, int columns, String expected) {
    assertThat(Width.clip(text, columns)).isEqualTo(expected);
  }
}
