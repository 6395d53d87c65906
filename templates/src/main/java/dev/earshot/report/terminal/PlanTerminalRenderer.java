package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.PlanReport;
import dev.earshot.report.PlanReport.ForecastRow;
import dev.earshot.report.PlanReport.RouteRow;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.ForecastWords;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Template;
import freemarker.core.PlainTextOutputFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A plan for a person at a terminal: the verdict, what stands in the way, what requests would
/// take, and the distances behind it.
public final class PlanTerminalRenderer {

  /// Writes the whole report, with a line break at the end.
  public void render(PlanReport given, RenderOptions options, Appendable out) throws IOException {
    PlanReport report = Harmless.plan(given);
    Page page = new Page(options);
    FindingLines finding = new FindingLines(page);
    Templates.PLAN.render(
        Map.of(
            "summary", summary(page, report),
            "failures", finding.failures(with(report, "fail")),
            "waived", page.section("Waived", finding.waived(with(report, "waived"))),
            "forecasts", page.section("What a request takes", forecasts(page, report)),
            "routes", page.section("What the work talks to", routes(page, report)),
            "open", page.section("Not known", list(page, report, "unknown", Style.OPEN)),
            "passed", passed(page, report)),
        out);
  }

  private static List<String> summary(Page page, PlanReport report) {
    List<String> lines =
        new ArrayList<>(
            page.paragraph(
                0,
                "Earshot %s · %s the move %s · window %s · %s"
                    .formatted(
                        report.earshotVersion(),
                        report.stage(),
                        report.move().label(),
                        Figures.seconds(report.windowSeconds()),
                        report.takenAt()),
                Style.FAINT));
    lines.add("");
    lines.addAll(
        switch (report.verdict()) {
          case "go" -> page.labelled("GO", Style.GOOD, report.headline(), Style.HEADING);
          case "no-go" -> page.labelled("NO-GO", Style.CRITICAL, report.headline(), Style.HEADING);
          default -> page.labelled("UNKNOWN", Style.OPEN, report.headline(), Style.HEADING);
        });
    return lines;
  }

  private static List<String> forecasts(Page page, PlanReport report) {
    List<String> lines = new ArrayList<>();
    for (ForecastRow row : report.forecasts()) {
      boolean after = report.stage().equals("after");
      boolean elsewhere = ForecastWords.isMeasuredElsewhere(report, row);
      String path = ForecastWords.path(elsewhere ? row.pathBefore() : row.pathAfter());
      lines.addAll(
          page.paragraph(
              2,
              row.requestBeforeMs().isEmpty()
                  ? path + ": " + row.because()
                  : "%s: %s %s%s"
                      .formatted(
                          path,
                          ForecastWords.before(row),
                          after ? "measured" : "today",
                          row.requestAfterMs().isEmpty()
                              ? ", " + row.because()
                              : "%s%s predicted (%s for a serial sender)"
                                  .formatted(
                                      elsewhere
                                          ? "; %s: ".formatted(ForecastWords.path(row.pathAfter()))
                                          : ", ",
                                      ForecastWords.after(row),
                                      ForecastWords.ceilingAfter(row))),
              Style.PLAIN));
      if (row.requestBeforeMs().isPresent() && row.requestAfterMs().isPresent()) {
        lines.addAll(page.paragraph(4, row.because(), Style.FAINT));
      }
    }
    return lines;
  }

  private static List<String> routes(Page page, PlanReport report) {
    boolean after = report.stage().equals("after");
    RouteColumns columns = RouteColumns.of(page, report.move());
    List<String> lines = new ArrayList<>();
    for (RouteRow route : report.routes()) {
      lines.addAll(
          columns.row(
              "%s %s (%s, %d)"
                  .formatted(route.direction(), route.peer(), route.service(), route.port()),
              after ? "" : figure(route.rttBeforeMs()),
              figure(route.rttAfterMs()),
              after ? "" : route.difference().orElse("not measured")));
    }
    if (!lines.isEmpty()) {
      lines.addAll(
          0,
          columns.row("", after ? "" : report.move().from(), report.move().to(), "").stream()
              .map(line -> page.paint(Style.FAINT, line))
              .toList());
    }
    return lines;
  }

  private static String figure(OptionalDouble milliseconds) {
    return milliseconds.isPresent() ? Figures.ms(milliseconds.getAsDouble()) : "?";
  }

  private static List<String> list(Page page, PlanReport report, String verdict, Style style) {
    return with(report, verdict).stream()
        .flatMap(finding ->
            page
                .labelled(verdict, style, finding.check() + ": " + finding.because(), Style.PLAIN)
                .stream())
        .toList();
  }

  private static List<String> passed(Page page, PlanReport report) {
    return page.section("Passed", list(page, report, "pass", Style.GOOD));
  }

  private static List<FindingRow> with(PlanReport report, String verdict) {
    return report.findings().stream().filter(finding -> finding.verdict().equals(verdict)).toList();
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template PLAN =
        new Template(PlanTerminalRenderer.class, "plan.ftl", PlainTextOutputFormat.INSTANCE);
  }
}
