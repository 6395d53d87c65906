package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever hosts are called and answer, a report says only what it means to say.
class HostileReportTest {

  /// The only escape sequences that Earshot itself writes.
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  static Stream<Arguments> everyReport() {
    return ReportCases.ALL.keySet().stream()
        .flatMap(name ->
            Stream.of(ReportFormat.values())
                .flatMap(format ->
                    Stream.of(true, false).map(verbose -> Arguments.of(name, format, verbose))));
  }

  @ParameterizedTest
  @MethodSource("everyReport")
  void nothingSteersATerminal(String name, ReportFormat format, boolean verbose)
      throws IOException {
    String plain = render(name, format, new RenderOptions(false, 80, verbose));

    assertThat(plain.codePoints().filter(c -> c != '\n').filter(Harmless::isTreacherous)).isEmpty();
    assertThat(plain).endsWith("\n").doesNotEndWith("\n\n");
  }

  @ParameterizedTest
  @MethodSource("everyReport")
  void colouredTextHoldsNoEscapesButColours(String name, ReportFormat format, boolean verbose)
      throws IOException {
    String coloured = render(name, format, new RenderOptions(true, 80, verbose));
    String rest = COLOUR.matcher(coloured).replaceAll("");

    assertThat(rest.codePoints().filter(c -> c != '\n').filter(Harmless::isTreacherous)).isEmpty();
  }

  @Test
  void markdownKeepsItsOutline() throws IOException {
    String markdown = render("hostile", ReportFormat.MARKDOWN, RenderOptions.plain());

    assertThat(markdown.lines().filter(line -> line.matches("#{1,2} .*")))
        .containsExactly(
            "# Earshot report",
            "## Findings",
            "## Round trips",
            "## Sites",
            "## Hosts",
            "## Containers",
            "## Paths without a budget",
            "## Not known",
            "## Could not be asked",
            "## Passed",
            "## Not applicable");
    assertThat(markdown.lines().filter(line -> line.contains("<script>"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyReport")
  void blocksStandOneBlankLineApart(String name, ReportFormat format, boolean verbose)
      throws IOException {
    assertThat(render(name, format, new RenderOptions(false, 80, verbose)))
        .doesNotContain("\n\n\n")
        .doesNotContainPattern(" \n");
  }

  private static String render(String name, ReportFormat format, RenderOptions options)
      throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(ReportCases.report(name), options, out);
    return out.toString();
  }
}
