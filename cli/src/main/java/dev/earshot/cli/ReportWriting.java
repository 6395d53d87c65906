package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which reports to write, and where to.
final class ReportWriting {

  @Option(
      names = "--report",
      paramLabel = "FORMAT[=FILE]",
      converter = ReportTarget.Converter.class,
      completionCandidates = ReportTarget.Candidates.class,
      description =
          "Write this report: terminal (the default), markdown (GitHub's), markdown-mdbook, markdown-plain, html, json, junit, sarif, prometheus, nagios, csv or playbook; to a file, or to standard output. May be repeated.")
  List<ReportTarget> targets = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Show what went well and the playbooks, too, and tell of each host that was asked.")
  boolean verbose;

  /// Puts what there is to report into a format.
  interface Rendering {
    void render(ReportFormat format, RenderOptions options, Appendable out) throws IOException;
  }

  /// Finds out before hosts are asked, rather than after, what can't be written.
  List<String> unwritable(@Nullable Path save) {
    List<String> problems =
        Stream.concat(
                targets.stream().flatMap(target -> target.file().stream()),
                Optional.ofNullable(save).stream())
            .flatMap(file -> obstacle(file).stream())
            .collect(Collectors.toCollection(ArrayList::new));
    if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
      problems.add(
          "only one --report can go to standard output: give the others a file, as in json=audit.json");
    }
    return problems;
  }

  /// Writes all reports. One that can't be written does not keep the others from it.
  void write(Rendering rendering, Terminal terminal) {
    List<String> problems = new ArrayList<>();
    for (ReportTarget target : targets.isEmpty() ? List.of(ReportTarget.USUAL) : targets) {
      try {
        write(rendering, target, terminal);
      } catch (IOException unwritable) {
        problems.add(
            "the %s report could not be written: %s"
                .formatted(target.format().label(), unwritable.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  private void write(Rendering rendering, ReportTarget target, Terminal terminal)
      throws IOException {
    if (target.file().isEmpty()) {
      StringBuilder text = new StringBuilder();
      rendering.render(
          target.format(), new RenderOptions(terminal.colours(), terminal.width(), verbose), text);
      terminal.print(text);
      return;
    }
    WholeFile.write(
        target.file().get(),
        file ->
            rendering.render(
                target.format(), new RenderOptions(false, terminal.width(), verbose), file));
  }

  private static Optional<String> obstacle(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of("%s can't be written: its folder does not exist".formatted(file));
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? Optional.empty()
        : Optional.of("%s can't be written: access is denied".formatted(file));
  }

  /// Whether a scheduler of plugins reads standard output, and the exit code with it.
  boolean forNagios() {
    return targets.stream()
        .anyMatch(target -> target.format() == ReportFormat.NAGIOS && target.file().isEmpty());
  }

  /// The formats that a plan does not have.
  List<String> notForPlans() {
    return targets.stream()
        .map(ReportTarget::format)
        .filter(format -> !format.rendersPlans())
        .map(format ->
            "a plan has no %s report: it is about one move, not a fleet".formatted(format.label()))
        .toList();
  }

  /// The formats, for a message.
  static String formats() {
    return String.join(", ", Stream.of(ReportFormat.values()).map(ReportFormat::label).toList());
  }
}
