package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmlessTest {

  @ParameterizedTest
  @CsvSource({
    "'\u001b[2J', \\x1b[2J",
    "'a\u0007b',  a\\x07b",
    "'a\rb',      a\\x0db",
    "'a\nb',      a\\x0ab",
    "'\u009b31m', \\x9b31m",
    "'\u007f',    \\x7f",
    "'\u202egnp', \\u202egnp",
    "'\u2066x',   \\u2066x",
    "'\u200bx',   \\u200bx",
    "'\u2028x',   \\u2028x",
    "'\ufeffx',   \\ufeffx",
    "'\ud800x',   \\ud800x",
    "'\uffffx',   \\uffffx",
    "'\udb40\udc01', \\U000e0001",
    "'名前 café',  名前 café"
  })
  void whatSteersOrHidesIsSpelledOut(String given, String expected) {
    assertThat(Harmless.line(given)).isEqualTo(expected);
  }

  @Test
  void onlyLineBreaksStayInPlaybooks() {
    assertThat(Harmless.lines("- a:\n    b\r\u001b")).isEqualTo("- a:\n    b\\x0d\\x1b");
  }
}
