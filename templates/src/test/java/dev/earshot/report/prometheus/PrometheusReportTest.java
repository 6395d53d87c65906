package dev.earshot.report.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earshot.report.Rendered;
import dev.earshot.report.ReportCases;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        .noneMatch(line -> line.contains("from=\"db1\",to=\"lb1\""))
        .noneMatch(line -> line.contains("method=\"kernel\""));
    assertThat(Rendered.of("postmortem", ReportFormat.PROMETHEUS))
        .containsPattern("earshot_rtt_min_seconds\\{.*method=\"kernel\"\\}");
  }

  @Test
  void whatIsABoundOnlyIsToldBeside() throws IOException {
    String measured = "\nearshot_request_measured{path=\"lb1/backend1/db1\"} ";

    assertThat(Rendered.of("postmortem", ReportFormat.PROMETHEUS)).contains(measured + "1\n");
    assertThat(Rendered.of(ReportCases.untimed().report(), ReportFormat.PROMETHEUS))
        .contains(measured + "0\n", "\nearshot_request_seconds{path=\"lb1/backend1/db1\"} ");
    assertThat(Rendered.of("no-traffic", ReportFormat.PROMETHEUS))
        .doesNotContain("earshot_request_measured");
  }

  @Test
  void theLastSuccessIsTakenOverByARunThatIsNone() throws IOException {
    Path metrics = folder.resolve("earshot.prom");
    String success = "earshot_last_success_timestamp_seconds ";
    assertThat(Rendered.of("half-blind", ReportFormat.PROMETHEUS)).contains("\n" + success + "0\n");
    assertThat(LastSuccess.in(metrics)).isEmpty();
    Files.writeString(metrics, Rendered.of("all-good", ReportFormat.PROMETHEUS));

    OptionalLong last = LastSuccess.in(metrics);
    StringBuilder after = new StringBuilder();
    ReportFormat.PROMETHEUS.render(
        ReportCases.report("half-blind"), RenderOptions.plain().after(last), after);

    assertThat(last).hasValue(Instant.parse("2024-02-01T10:00:00Z").getEpochSecond());
    assertThat(after).contains("\n" + success + last.getAsLong() + "\n");
    StringBuilder later = new StringBuilder();
    ReportFormat.PROMETHEUS.render(
        ReportCases.report("all-good"), RenderOptions.plain().after(OptionalLong.of(1)), later);
    assertThat(later).hasToString(Files.readString(metrics));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# earshot_last_success_timestamp_seconds 5",
        "earshot_last_success_timestamp_seconds NaN",
        "earshot_last_success_timestamp_seconds 123456789012345678901234567890",
        "earshot_last_success_timestamp_seconds 5 6"
      })
  void whatIsNoMetricOfOursTellsNoSuccess(String text) throws IOException {
    assertThat(LastSuccess.in(Files.writeString(folder.resolve("any.prom"), text + "\n")))
        .isEmpty();
    assertThat(LastSuccess.in(folder)).isEmpty();
    assertThat(LastSuccess.in(Path.of("/dev/zero"))).isEmpty();
  }

  @Test
  void aRunThatCouldNotAskAllIsNotComplete() throws IOException {
    assertThat(Rendered.of("half-blind", ReportFormat.PROMETHEUS))
        .contains("earshot_last_run_complete 0\n");
    assertThat(Rendered.of("all-good", ReportFormat.PROMETHEUS))
        .contains("earshot_last_run_complete 1\n");
  }
}
