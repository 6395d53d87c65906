package dev.earshot.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.ReportCases;
import dev.earshot.report.layout.Harmless;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {

  @Test
  void aCommandGoesOnInTheNextLineAndItsCommentBehindIt() {
    assertThat(
            CommandLines.of(
                "psql -p 5432 -c \"select name, setting from pg_settings where name = 'a b'\"   # on db1",
                40))
        .containsExactly(
            "psql -p 5432 -c \"select name, setting \\",
            "  from pg_settings where name = 'a b'\"",
            "# on db1");
  }

  /// What a shell makes of it, as if somebody had copied the lines with what stands before them.
  /// Blanks within double quotes may become more: to SQL they are one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf '%s\\n' one 'two  three four' five \"six seven 'eight nine' ten\"   # a comment that is long enough",
        "printf '%s\\n' \"it's not an end of it\" 'he said \"what a day\" to all of us' done of it",
        "printf '%s\\n' \"a \\\"quoted one\\\" b c d e f\" g#h i\\ j k l m n '#no comment' o",
        "printf '%s\\n' $(echo a b c d e f g h) \"$(printf '%s' 'x y z')\" && echo the end of it"
      })
  void aShellDoesTheSameAtEveryWidth(String command) throws Exception {
    String whole = sh(command);
    for (int width = 12; width < 90; width++) {
      List<String> lines = CommandLines.of(command, width);
      String copied = lines.stream().map(line -> "   " + line).collect(Collectors.joining("\n"));
      assertThat(sh(copied)).as("%d: %s", width, copied).isEqualTo(whole);
    }
  }

  static Set<String> cases() {
    return ReportCases.names();
  }

  /// Whatever hosts are called, no line runs what the command would not.
  @ParameterizedTest
  @MethodSource("cases")
  void nothingOfAReportsCommandsIsLost(String name) {
    Harmless.report(ReportCases.report(name)).findings().stream()
        .flatMap(finding -> finding.remedy().stream())
        .flatMap(remedy -> remedy.commands().stream())
        .forEach(command ->
            assertThat(
                    CommandLines.of(command, 47).stream()
                        .map(line -> line.replaceFirst(" \\\\$", ""))
                        .collect(Collectors.joining(" "))
                        .replaceAll("[# ]+", ""))
                .isEqualTo(command.replaceAll("[# ]+", "")));
  }

  private static String sh(String program) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", program).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    return said.replaceAll(" +", " ");
  }
}
