package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.prometheus.LastSuccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which reports to write, and where to. What there is to choose from is each command's own.
abstract class ReportWriting {

  /// What `--report` takes.
  static final String REPORT = "FORMAT[=FILE]";

  /// What it does, where its formats are all that there is to say.
  static final String WRITES =
      "Write this report: ${COMPLETION-CANDIDATES}; to a file, or to standard output (default: terminal). May be repeated.";

  /// What `-v` does to reports on hosts that were asked.
  static final String SHOWS =
      "Show what went well and the playbooks, too, and tell of each host that was asked.";

  private final FormatChoice formats;

  /// What the user wants; nothing for the usual report.
  List<ReportTarget> targets = new ArrayList<>();

  /// Whether what went well is shown, too.
  boolean verbose;

  ReportWriting(FormatChoice formats) {
    this.formats = formats;
  }

  /// Puts what there is to report into a format.
  interface Rendering {
    void render(ReportFormat format, RenderOptions options, Appendable out) throws IOException;
  }

  /// Finds out before hosts are asked, rather than after, what can't be written, and what formats
  /// are not there.
  ///
  /// @param read files that have to stay as they are
  List<String> unwritable(@Nullable Path save, List<Path> read) {
    List<String> problems = new ArrayList<>();
    FileUses uses = new FileUses();
    read.forEach(uses::reads);
    Optional.ofNullable(save).ifPresent(file -> uses.writes(file, "what --save keeps"));
    targets.forEach(target ->
        target
            .file()
            .ifPresent(
                file -> uses.writes(file, "the %s report".formatted(target.format().label()))));
    problems.addAll(uses.clashes());
    targets.stream()
        .flatMap(target -> target.file().stream())
        .flatMap(file -> WholeFile.obstacle(file).stream())
        .forEach(problems::add);
    Optional.ofNullable(save).flatMap(KeptEvidence::obstacle).ifPresent(problems::add);
    if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
      problems.add(
          "only one --report can go to standard output: give the others a file, as in json=audit.json");
    }
    problems.addAll(formats.refused(targets));
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
    Path to = target.file().get();
    RenderOptions options = new RenderOptions(false, terminal.width(), verbose);
    if (target.format() == ReportFormat.PROMETHEUS) {
      RenderOptions after = options.after(LastSuccess.in(to));
      WholeFile.publish(to, file -> rendering.render(target.format(), after, file));
    } else {
      WholeFile.write(to, file -> rendering.render(target.format(), options, file));
    }
  }

  /// Whether a scheduler of plugins reads standard output, and the exit code with it.
  boolean forNagios() {
    return targets.stream()
        .anyMatch(target -> target.format() == ReportFormat.NAGIOS && target.file().isEmpty());
  }

  /// Whether one of them is there to be run.
  boolean hasPlaybook() {
    return targets.stream().anyMatch(target -> target.format() == ReportFormat.PLAYBOOK);
  }
}
