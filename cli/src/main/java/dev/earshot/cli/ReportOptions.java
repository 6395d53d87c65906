package dev.earshot.cli;

import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.Rate;
import dev.earshot.report.AuditReport;
import dev.earshot.report.ExitCode;
import dev.earshot.report.ReportAssembly;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to judge, and what to make of it.
final class ReportOptions {

  @Option(
      names = "--report",
      paramLabel = "FORMAT[=FILE]",
      converter = ReportTarget.Converter.class,
      description =
          "Write this report: terminal (the default), markdown or json; to a file, or to standard output. May be repeated.")
  List<ReportTarget> targets = new ArrayList<>();

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

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what went well and the playbooks, too.")
  boolean verbose;

  /// Finds out before hosts are asked, rather than after, that a file can't be written.
  void refuseUnwritable(@Nullable Path save) {
    List<String> problems =
        Stream.concat(
                targets.stream().flatMap(target -> target.file().stream()),
                Optional.ofNullable(save).stream())
            .flatMap(file -> unwritable(file).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
      problems.add(
          "only one --report can go to standard output: give the others a file, as in json=audit.json");
    }
    if (arrivalRate != null && !(arrivalRate > 0 && arrivalRate < 1e9)) {
      problems.add("--arrival-rate is a number of requests a second, above 0");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /// Writes all reports and tells the exit code. One that can't be written does not keep the others
  /// from it.
  int render(FleetRecording recording, Terminal terminal) {
    FleetEvidence evidence =
        FleetEvidence.of(recording, Optional.ofNullable(arrivalRate).map(Rate::new));
    AuditReport report =
        ReportAssembly.assemble(
            evidence, Profile.of(Optional.ofNullable(profile), evidence), Main.version());
    List<String> problems = new ArrayList<>();
    for (ReportTarget target : targets.isEmpty() ? List.of(ReportTarget.USUAL) : targets) {
      try {
        write(report, target, terminal);
      } catch (IOException unwritable) {
        problems.add(
            "the %s report could not be written: %s"
                .formatted(target.format().label(), unwritable.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return ExitCode.of(report, failOn).status();
  }

  private void write(AuditReport report, ReportTarget target, Terminal terminal)
      throws IOException {
    if (target.file().isEmpty()) {
      StringBuilder text = new StringBuilder();
      target
          .format()
          .render(report, new RenderOptions(terminal.colours(), terminal.width(), verbose), text);
      terminal.print(text);
      return;
    }
    try (Writer file = Files.newBufferedWriter(target.file().get())) {
      target.format().render(report, new RenderOptions(false, terminal.width(), verbose), file);
    }
  }

  private static Optional<String> unwritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of("%s can't be written: its folder does not exist".formatted(file));
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? Optional.empty()
        : Optional.of("%s can't be written: access is denied".formatted(file));
  }

  /// The formats, for a message.
  static String formats() {
    return String.join(", ", Stream.of(ReportFormat.values()).map(ReportFormat::label).toList());
  }
}
