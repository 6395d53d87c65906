package dev.earshot.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every report for readers says of a fleet that is too large to ping it all.
class LargeFleetTest {

  @ParameterizedTest
  @EnumSource(names = {"TERMINAL", "MARKDOWN", "HTML", "JSON"})
  void itIsToldWhatWasLeftOutAndByWhichRule(ReportFormat format) throws IOException {
    assertThat(rendered(format, 200))
        .containsOnlyOnce(
            "20000 of 39800 ordered pairs of hosts were pinged: of more than 150 hosts, each pings 2 of each group and the 12 that follow it in the inventory; hosts that hold connections have the kernel's own figures");
    assertThat(rendered(format, 150)).doesNotContain("ordered pairs");
  }

  /// As one line.
  private static String rendered(ReportFormat format, int hosts) throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(LargeReport.of(hosts, 10), RenderOptions.plain(), out);
    return out.toString().replaceAll("\\s+", " ").replace("&#39;", "'");
  }
}
