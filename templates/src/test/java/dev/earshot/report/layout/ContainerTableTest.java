package dev.earshot.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.report.AuditReport;
import dev.earshot.report.ReportCases;
import dev.earshot.report.json.JsonReader;
import dev.earshot.report.json.JsonRenderer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContainerTableTest {

  private final AuditReport report = ReportCases.report("hostile");

  @Test
  void aContainerAsPeopleReadIt() {
    assertThat(ContainerTable.of(report).rows().getFirst())
        .isEqualTo(
            new ContainerTable.Row(
                "[x](javascript:alert(1))",
                "lemmy-1",
                "dessalines/lemmy:0.19.3",
                "sha256:0123456789ab",
                "0.19.3",
                "2024-01-22",
                "running",
                "lemmy",
                "lemmy_default",
                "127.0.0.1:8536 → 8536/tcp, [::1]:8536 → 8536/tcp",
                "700.0 MiB, 1.5 CPU"));
    assertThat(ContainerTable.counted(report)).isEqualTo("2 containers on 1 host");
  }

  @Test
  void anotherEngineIsNamedAndWhatIsNotKnownIsEmpty() {
    ContainerTable.Row row = ContainerTable.of(report).rows().getLast();

    assertThat(row.name()).startsWith("podman ");
    assertThat(row.image()).endsWith("@sha256:0123456789ab");
    assertThat(row)
        .extracting(
            ContainerTable.Row::digest,
            ContainerTable.Row::created,
            ContainerTable.Row::ports,
            ContainerTable.Row::limits)
        .containsOnly("");
  }

  @Test
  void theJsonReadsTheSame() throws IOException {
    assertThat(JsonReader.report(JsonRenderer.json(report)).containers())
        .isEqualTo(report.containers());
  }
}
