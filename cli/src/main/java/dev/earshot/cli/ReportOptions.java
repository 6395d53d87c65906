package dev.earshot.cli;

import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.policy.PolicyFile;
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
      completionCandidates = Labels.OfSeverities.class,
      description =
          "Exit with 1 if a finding is at least this severe: critical, high, medium, low or info"
              + " (default: high).")
  @Nullable Severity failOn;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      completionCandidates = Labels.OfProfiles.class,
      description =
          "What the fleet is meant for, by which some severities are chosen: generic, or lemmy,"
              + " which is the default where a Lemmy is seen.")
  Profile.@Nullable Intent profile;

  @Option(
      names = "--arrival-rate",
      paramLabel = "N",
      description =
          "Requests a second that the busiest sender has to send, one after the other: tells"
              + " whether it falls behind.")
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

  /// Writes all reports and tells the exit code.
  ///
  /// @param declared says what the command line does not
  int render(FleetRecording recording, PolicyFile declared, Terminal terminal) {
    AuditReport report = judge(recording, declared, terminal);
    write(report, terminal);
    return exitCode(report, declared);
  }

  /// What there is to report.
  AuditReport judge(FleetRecording recording, PolicyFile declared, Terminal terminal) {
    FleetEvidence evidence =
        FleetEvidence.of(recording, Optional.ofNullable(arrivalRate).map(Rate::new));
    return ReportAssembly.assemble(
        evidence,
        Profile.of(Optional.ofNullable(profile).or(declared::profile), evidence),
        PolicyOptions.policy(declared, recording, terminal),
        Main.version());
  }

  /// Writes all reports.
  void write(AuditReport report, Terminal terminal) {
    writing.write((format, options, out) -> format.render(report, options, out), terminal);
  }

  int exitCode(AuditReport report, PolicyFile declared) {
    return writing.forNagios()
        ? NagiosState.of(report).status()
        : ExitCode.of(
                report, Optional.ofNullable(failOn).or(declared::failOn).orElse(Severity.HIGH))
            .status();
  }
}
