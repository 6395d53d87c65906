package dev.earshot.cli;

import dev.earshot.report.format.ReportFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The formats that one kind of report has, with which its `--report` is completed.
abstract class FormatChoice implements Iterable<String> {

  private final List<ReportFormat> formats;
  private final String what;
  private final String why;

  /// Every format.
  FormatChoice() {
    this(_ -> true, "", "");
  }

  /// @param what it is a report on
  /// @param why it has no other formats, to end a sentence
  FormatChoice(Predicate<ReportFormat> has, String what, String why) {
    this.formats = Stream.of(ReportFormat.values()).filter(has).toList();
    this.what = what;
    this.why = why;
  }

  /// What is to be told of formats that were asked for and are not there.
  List<String> refused(List<ReportTarget> targets) {
    return targets.stream()
        .map(ReportTarget::format)
        .filter(format -> !formats.contains(format))
        .map(format -> "%s has no %s report: %s".formatted(what, format.label(), why))
        .toList();
  }

  @Override
  public Iterator<String> iterator() {
    return formats.stream().map(ReportFormat::label).iterator();
  }
}
