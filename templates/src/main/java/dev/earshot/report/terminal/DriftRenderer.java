package dev.earshot.report.terminal;

import dev.earshot.report.DriftReport;
import dev.earshot.report.DriftReport.ChangeRow;
import dev.earshot.report.layout.Harmless;
import java.io.IOException;
import java.util.List;

/// What has changed, for a mail from cron or a terminal: nothing where nothing has. Each change is
/// a line of its own with its key below it, never broken, so that they can be searched.
///
/// @param verbose whether what fails as before is listed, too
public record DriftRenderer(boolean verbose) {

  /// Beyond these, one host that moved would fill a mail.
  private static final int MOST_LINES = 40;

  /// Writes what there is to tell.
  ///
  /// @throws IOException from `out` alone
  public void render(DriftReport report, Appendable out) throws IOException {
    List<ChangeRow> listed = verbose ? report.unchanged() : List.of();
    if (report.changes().isEmpty() && listed.isEmpty()) {
      return;
    }
    out.append(
        "%d changed since %s; %d still failing as before\n"
            .formatted(
                report.changes().size(),
                report.since().orElse("nothing"),
                report.unchanged().size()));
    write(report.changes(), out);
    write(listed, out);
  }

  private void write(List<ChangeRow> changes, Appendable out) throws IOException {
    int most = verbose ? changes.size() : MOST_LINES;
    for (ChangeRow change : changes.stream().limit(most).toList()) {
      out.append(Harmless.line("%-9s  %s".formatted(change.state(), change.told())))
          .append("\n           ")
          .append(Harmless.line(change.key()))
          .append("\n");
    }
    if (changes.size() > most) {
      out.append("and %d more: -v lists them\n".formatted(changes.size() - most));
    }
  }
}
