package dev.earshot.cli;

import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.recording.Judging;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ExitCode;
import dev.earshot.report.ReportAssembly;
import dev.earshot.report.nagios.NagiosState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to judge, and what to make of it.
final class ReportOptions {

  @Mixin ReportWriting writing = new ReportWriting();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 if a finding is at least this severe: critical, high, medium, low or info (default: high).")
  Severity failOn = Severity.HIGH;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description =
          "What the fleet is meant for, by which some severities are chosen: generic, or lemmy, which is the default where a Lemmy is seen.")
  Profile.@Nullable Intent profile;

  @Option(
      names = "--arrival-rate",
      paramLabel = "N",
      description =
          "Requests a second that the busiest sender has to send, one after the other: tells whether it falls behind.")
  @Nullable Double arrivalRate;

  /// Finds out before hosts are asked, rather than after, that a file can't be written.
  void refuseUnwritable(@Nullable Path save) {
    List<String> problems = writing.unwritable(save);
    if (arrivalRate != null && !(arrivalRate > 0 && arrivalRate < 1e9)) {
      problems.add("--arrival-rate is a number of requests a second, above 0");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /// What these options say about judging.
  Judging judging() {
    return new Judging(
        Optional.ofNullable(arrivalRate).map(Rate::new), Optional.ofNullable(profile));
  }

  /// Writes all reports and tells the exit code.
  int render(FleetRecording recording, Judging judging, Terminal terminal) {
    FleetEvidence evidence = FleetEvidence.of(recording, judging.arrivals());
    AuditReport report =
        ReportAssembly.assemble(evidence, Profile.of(judging.profile(), evidence), Main.version());
    writing.write((format, options, out) -> format.render(report, options, out), terminal);
    return writing.forNagios()
        ? NagiosState.of(report).status()
        : ExitCode.of(report, failOn).status();
  }
}
