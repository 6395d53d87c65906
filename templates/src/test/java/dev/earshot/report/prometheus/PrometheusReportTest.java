package dev.earshot.report.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrometheusReportTest {

  @TempDir Path folder;

  static Set<String> cases() {
    return ReportCases.names();
  }

  /// Prometheus' own judge of names, help and types.
  @ParameterizedTest
  @MethodSource("cases")
  void promtoolHasNothingToSay(String name) throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool"))),
        "promtool is missing: apt-get install prometheus");
    Path metrics = folder.resolve("earshot.prom");
    Files.writeString(metrics, Rendered.of(name, ReportFormat.PROMETHEUS));

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
    assertThat(said).isBlank();
  }

  @Test
  void tellsOfPairsThatTalkAndOfNoOthers() throws IOException {
    List<String> medians =
        Rendered.of("postmortem", ReportFormat.PROMETHEUS)
            .lines()
            .filter(line -> line.startsWith("earshot_rtt_median_seconds{"))
            .toList();

    assertThat(medians)
        .contains("earshot_rtt_median_seconds{from=\"backend1\",to=\"db1\",method=\"icmp\"} 0.0253")
        .noneMatch(line -> line.contains("from=\"db1\",to=\"lb1\""));
  }

  @Test
  void aRunThatCouldNotAskAllIsNotComplete() throws IOException {
    assertThat(Rendered.of("half-blind", ReportFormat.PROMETHEUS))
        .contains("earshot_last_run_complete 0\n");
    assertThat(Rendered.of("all-good", ReportFormat.PROMETHEUS))
        .contains("earshot_last_run_complete 1\n");
  }
}
