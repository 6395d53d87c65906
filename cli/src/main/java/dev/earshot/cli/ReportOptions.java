package dev.earshot.cli;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ReportAssembly;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

final class ReportOptions {

  @Option(names = "--arrival-rate")
  @Nullable Double arrivalRate;

  void refuseUnwritable(@Nullable Path save) {}

  void render(FleetRecording recording, Terminal terminal) {
    try {
      terminal.print(
          com.fasterxml.jackson.databind.json.JsonMapper.builder()
              .addModule(new com.fasterxml.jackson.datatype.jdk8.Jdk8Module())
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(assemble(recording)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int exitCode(FleetRecording recording) {
    return 0;
  }

  private AuditReport assemble(FleetRecording recording) {
    return ReportAssembly.assemble(
        FleetEvidence.of(recording, Optional.ofNullable(arrivalRate).map(Rate::new)),
        Main.version());
  }
}
