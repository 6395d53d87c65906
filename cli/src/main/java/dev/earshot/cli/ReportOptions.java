package dev.earshot.cli;

import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.evidence.Arrivals;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.Judging;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ExitCode;
import dev.earshot.report.nagios.NagiosState;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to judge, and what to make of it.
final class ReportOptions {

  /// Holds a headline.
  private static final int SHORTEST = 2048;

  private static final int MOST_SENDS = 10_000;

  @Mixin FleetReports writing = new FleetReports();
  @Mixin Anonymity anonymity = new Anonymity();

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
          "Requests a second that the busiest sender has to send, one after the other unless"
              + " --concurrent-sends says otherwise: tells whether it falls behind.")
  @Nullable Double arrivalRate;

  @Option(
      names = "--concurrent-sends",
      paramLabel = "N",
      description =
          "How many of the requests of --arrival-rate that sender keeps under way at once"
              + " (default: 1). Lemmy 0.19.6 calls it federation.concurrent_sends_per_instance.")
  @Nullable Integer concurrentSends;

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description =
          "Leave the least important parts out of Markdown that would be larger, and say so; a comment on GitHub holds 65536 characters.")
  @Nullable Integer maxSize;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "Compare with saved evidence that was found good: SARIF and JSON tell what is new, changed or gone.")
  @Nullable Path baseline;

  /// Finds out before hosts are asked, rather than after, that a file can't be written.
  ///
  /// @param evidence that is read
  void refuseUnwritable(@Nullable Path save, List<Path> evidence) {
    List<String> problems =
        writing.unwritable(
            save, Stream.concat(evidence.stream(), Stream.ofNullable(baseline)).toList());
    if (arrivalRate != null && !(arrivalRate > 0 && arrivalRate < 1e9)) {
      problems.add("--arrival-rate is a number of requests a second, above 0");
    }
    if (concurrentSends != null && arrivalRate == null) {
      problems.add("--concurrent-sends goes with --arrival-rate: say both");
    }
    if (concurrentSends != null && !(concurrentSends >= 1 && concurrentSends <= MOST_SENDS)) {
      problems.add("--concurrent-sends is a number from 1 to %d".formatted(MOST_SENDS));
    }
    if (maxSize != null && maxSize < SHORTEST) {
      problems.add("--max-size is a number of bytes, %d or more".formatted(SHORTEST));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /// What these options say about judging.
  Judging judging() {
    return new Judging(
        Optional.ofNullable(arrivalRate)
            .map(rate ->
                new Arrivals(new Rate(rate), Objects.requireNonNullElse(concurrentSends, 1))),
        Optional.ofNullable(profile));
  }

  /// The audit to compare with, if there is one; read before hosts are asked.
  Optional<FleetRecording> baseline(Terminal terminal) {
    return Optional.ofNullable(baseline).map(file -> KeptEvidence.open(file, terminal).recording());
  }

  /// Writes all reports.
  void write(AuditReport report, Terminal terminal) {
    OptionalInt most = maxSize == null ? OptionalInt.empty() : OptionalInt.of(maxSize);
    writing.write(
        (format, options, out) -> format.render(report, options.within(most), out), terminal);
  }

  /// @param declared says what the command line does not
  int exitCode(AuditReport report, PolicyFile declared) {
    return writing.forNagios()
        ? NagiosState.of(report).status()
        : ExitCode.of(
                report, Optional.ofNullable(failOn).or(declared::failOn).orElse(Severity.HIGH))
            .status();
  }
}
