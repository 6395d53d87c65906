package dev.earshot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.Trends.Trend;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendsReportTest {

  private static final OptionalDouble NOTHING = OptionalDouble.empty();
  private static final String TREACHEROUS = "a\u001b[2J\u202e<script>";

  private static final Trends TRENDS =
      new Trends(
          5,
          "2026-11-01T03:00:00Z",
          List.of(
              new Trend(
                  "backend1 → db1 (kernel)",
                  List.of(ms(0.4), ms(0.4), NOTHING, ms(12.6), ms(25.2))),
              new Trend("steady → db1 (icmp)", List.of(ms(1), ms(1), ms(1.02), ms(1), ms(1))),
              new Trend("new → db1 (icmp)", List.of(NOTHING, NOTHING, NOTHING, NOTHING, ms(1))),
              new Trend(
                  TREACHEROUS,
                  List.of(ms(0), ms(0), ms(0), ms(0), NOTHING),
                  Optional.of("2026-11-04T03:00:00Z"))),
          List.of(
              new Trend(
                  "lb1 → backend1 → db1", List.of(ms(32.2), ms(32), ms(31), ms(3.6), ms(1.8)))));

  @Test
  void theTerminalDrawsThemFromZero() throws IOException {
    String text = render(ReportFormat.TERMINAL, 100);
    assertThat(text)
        .contains("Trends: 5 runs since 2026-11-01T03:00:00Z")
        .containsPattern("backend1 → db1 \\(kernel\\) +▁▁ ▅█ +25\\.2 ms  0\\.40 ms to 25\\.2 ms")
        .containsPattern("steady → db1 \\(icmp\\) +█████ +1\\.0 ms")
        .containsPattern("lb1 → backend1 → db1 +███▂▁ +1\\.8/s  1\\.8/s to 32\\.2/s")
        .containsPattern("<script> +▁▁▁▁ +\\? .*\n    last seen at 2026-11-04T03:00:00Z\n")
        .doesNotContain("new → db1");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 100, 160})
  void linesFitTheTerminal(int width) throws IOException {
    List<OptionalDouble> many =
        IntStream.rangeClosed(1, 30).mapToObj(one -> OptionalDouble.of(one)).toList();
    Trends trends =
        new Trends(
            30, "2026-11-01T03:00:00Z", List.of(new Trend("host".repeat(30), many)), List.of());
    StringBuilder out = new StringBuilder();
    ReportFormat.TERMINAL.render(report(), trends, new RenderOptions(false, width, false), out);
    assertThat(out.toString().lines().filter(line -> line.contains("hosthost")))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void thePageDrawsThemWithoutScript() throws IOException {
    assertThat(render(ReportFormat.HTML, 100))
        .contains("<a href=\"#trends\">Trends</a>")
        .contains("M3.0 28.6L61.5 28.6M178.5 16.0L237.0 3.0")
        .contains("<circle cx=\"237.0\" cy=\"3.0\" r=\"2\"/>")
        .contains("?<br><small>last seen at 2026-11-04T03:00:00Z</small>")
        .contains("a\\x1b[2J\\u202e&lt;script&gt;")
        .doesNotContain("new → db1");
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void nothingSteersATerminal(ReportFormat format) throws IOException {
    assertThat(
            render(format, 100).codePoints().filter(c -> c != '\n').filter(Harmless::isTreacherous))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void withoutEarlierRunsReportsAreWhatTheyWere(ReportFormat format) throws IOException {
    StringBuilder without = new StringBuilder();
    format.render(report(), RenderOptions.plain(), without);
    assertThat(without).doesNotContainIgnoringCase("trends:").doesNotContain("id=\"trends\"");
  }

  private static OptionalDouble ms(double value) {
    return OptionalDouble.of(value);
  }

  private static String render(ReportFormat format, int width) throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(report(), TRENDS, new RenderOptions(false, width, false), out);
    return out.toString();
  }

  private static AuditReport report() {
    return ReportCases.report("all-good");
  }
}
