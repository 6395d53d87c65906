package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport;
import dev.earshot.report.layout.ContainerTable;
import dev.earshot.report.layout.ContainerTable.Row;
import dev.earshot.report.layout.Figures;
import java.util.ArrayList;
import java.util.List;

/// The containers, one by one.
final class ContainerLines {

  private final Page page;

  ContainerLines(Page page) {
    this.page = page;
  }

  List<String> of(AuditReport report) {
    ContainerTable containers = ContainerTable.of(report);
    List<String> lines = new ArrayList<>();
    containers.rows().forEach(row -> lines.addAll(lines(row)));
    if (containers.leftOut() > 0) {
      lines.addAll(
          page.paragraph(
              2,
              "and %s: the JSON report has all"
                  .formatted(Figures.count(containers.leftOut(), "more container")),
              Style.FAINT));
    }
    return lines;
  }

  private List<String> lines(Row row) {
    List<String> told = new ArrayList<>(List.of(row.image()));
    add(told, "", row.digest());
    add(told, "labelled ", row.version());
    add(told, "created ", row.created());
    add(told, "project ", row.project());
    add(told, "networks ", row.networks());
    add(told, "publishes ", row.ports());
    add(told, "at most ", row.limits());
    List<String> lines =
        new ArrayList<>(
            page.paragraph(
                2, "%s: %s, %s".formatted(row.host(), row.name(), row.state()), Style.PLAIN));
    lines.addAll(page.paragraph(4, String.join(" · ", told), Style.FAINT));
    return lines;
  }

  private static void add(List<String> told, String what, String value) {
    if (!value.isEmpty()) {
      told.add(what + value);
    }
  }
}
