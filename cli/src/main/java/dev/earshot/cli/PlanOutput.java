package dev.earshot.cli;

import dev.earshot.report.ExitCode;
import dev.earshot.report.PlanReport;
import dev.earshot.report.format.PlanFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to make of a plan.
final class PlanOutput {

  @Option(
      names = "--report",
      paramLabel = "FORMAT[=FILE]",
      converter = ReportTarget.Converter.class,
      description =
          "Write this report: terminal (the default), markdown or json; to a file, or to standard output. May be repeated.")
  List<ReportTarget> targets = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the playbooks, too.")
  boolean verbose;

  /// Finds out before hosts are asked, rather than after, that a report can't be written.
  void refuseUnwritable(@Nullable Path save) {
    ReportOptions shared = new ReportOptions();
    shared.targets = targets;
    shared.refuseUnwritable(save);
    List<String> problems =
        targets.stream()
            .map(target -> target.format().label())
            .filter(label -> PlanFormat.of(label).isEmpty())
            .map("a plan has no %s report: use one of terminal, markdown, json"::formatted)
            .toList();
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /// Writes all reports and tells the exit code. One that can't be written does not keep the others
  /// from it.
  int render(PlanReport report, Terminal terminal) {
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
    return switch (report.verdict()) {
      case "go" -> ExitCode.CLEAN.status();
      case "no-go" -> ExitCode.FINDINGS.status();
      default -> ExitCode.INCOMPLETE.status();
    };
  }

  private void write(PlanReport report, ReportTarget target, Terminal terminal) throws IOException {
    PlanFormat format = PlanFormat.of(target.format().label()).orElseThrow();
    if (target.file().isEmpty()) {
      StringBuilder text = new StringBuilder();
      format.render(report, new RenderOptions(terminal.colours(), terminal.width(), verbose), text);
      terminal.print(text);
      return;
    }
    try (Writer file = Files.newBufferedWriter(target.file().get())) {
      format.render(report, new RenderOptions(false, terminal.width(), verbose), file);
    }
  }
}
