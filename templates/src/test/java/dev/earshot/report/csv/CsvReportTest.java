package dev.earshot.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReportTest {

  static Set<String> cases() {
    return ReportCases.names();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasALineForEachLink(String name) throws IOException {
    assertThat(Rendered.of(name, ReportFormat.CSV).lines())
        .hasSize(1 + ReportCases.report(name).links().size());
  }

  @Test
  void hasTheNumbersOfTheMatrix() throws IOException {
    assertThat(Rendered.of("postmortem", ReportFormat.CSV).lines())
        .first()
        .isEqualTo(
            "from,to,method,sent,received,rtt_min_ms,rtt_median_ms,rtt_p95_ms,rtt_max_ms,loss_ratio");
    assertThat(Rendered.of("postmortem", ReportFormat.CSV).lines())
        .anyMatch(line -> line.matches("backend1,db1,icmp,10,10,25[0-9.]*,25[0-9.,]*,0"));
  }

  /// Its other figures hold what the peer did before it answered.
  @Test
  void ofTheKernelsRoundTripsOnlyTheShortestIsTold() throws IOException {
    assertThat(Rendered.of("postmortem", ReportFormat.CSV).lines())
        .filteredOn(line -> line.contains(",kernel,"))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\w+,\\w+,kernel,\\d+,\\d+,[0-9.]+,,,,[0-9.]*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          db1; db1
          =cmd|'/C calc'!A0; "'=cmd|'/C calc'!A0"
          -1+2; '-1+2
          @SUM(1,2); "'@SUM(1,2)"
          say "hi"; "say ""hi""\"
          """)
  void aNameIsACellAndNoFormula(String name, String cell) {
    assertThat(CsvRenderer.text(name)).isEqualTo(cell);
  }
}
