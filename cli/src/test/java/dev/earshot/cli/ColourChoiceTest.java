package dev.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', '', xterm, true, true",
    "'', 1, '', xterm, true, false",
    "'', '', '', dumb, true, false",
    "'', '', '', xterm, false, false",
    "'', '', 1, dumb, false, true",
    "'', 1, 1, xterm, true, false",
    "audit --color always, 1, '', dumb, false, true",
    "audit --color=never -i x, '', 1, xterm, true, false",
    "--color ALWAYS audit, '', '', xterm, false, true",
    "audit --color auto, '', '', xterm, true, true",
    "audit --color, '', '', xterm, true, true",
    "audit --color pink, '', '', xterm, false, false"
  })
  void coloursGoWhereTheyBelong(
      String arguments,
      String noColor,
      String force,
      String term,
      boolean isTerminal,
      boolean colours) {
    for (String variable : new String[] {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
      Map<String, String> environment =
          Map.of("NO_COLOR", noColor, variable, force.isEmpty() ? "0" : force, "TERM", term);
      if (variable.equals("FORCE_COLOR") && force.isEmpty()) {
        environment = Map.of("NO_COLOR", noColor, "TERM", term);
      }
      assertThat(ColourChoice.of(arguments.split(" ")).wantsColours(environment, isTerminal))
          .isEqualTo(colours);
    }
  }
}
