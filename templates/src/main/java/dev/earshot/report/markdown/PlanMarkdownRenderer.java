package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.PlanReport;
import dev.earshot.report.PlanReport.ForecastRow;
import dev.earshot.report.PlanReport.RouteRow;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.ForecastWords;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.Template;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A plan as Markdown, for the change request of the move.
public final class PlanMarkdownRenderer {

  private final Flavour flavour;

  public PlanMarkdownRenderer(Flavour flavour) {
    this.flavour = flavour;
  }

  /// Writes the whole report, with a line break at the end.
  public void render(PlanReport given, Appendable out) throws IOException {
    PlanReport report = Harmless.plan(given);
    Map<String, Object> values = new HashMap<>();
    values.put("flavour", flavour);
    values.put("report", report);
    values.put(
        "alert",
        switch (report.verdict()) {
          case "go" -> "NOTE";
          case "no-go" -> "CAUTION";
          default -> "IMPORTANT";
        });
    values.put(
        "verdict",
        switch (report.verdict()) {
          case "go" -> "Go";
          case "no-go" -> "No-go";
          default -> "Unknown";
        });
    values.put("window", Figures.seconds(report.windowSeconds()));
    values.put("failures", FailureSection.of(with(report, "fail")));
    values.put("forecasts", forecasts(report));
    values.put("routes", routes(report));
    values.put("hasWaived", !with(report, "waived").isEmpty());
    values.put("waived", FleetTables.waived(with(report, "waived")));
    values.put("hasOpen", !with(report, "unknown").isEmpty());
    values.put("open", FleetTables.findings(with(report, "unknown")));
    values.put("hasPassed", !with(report, "pass").isEmpty());
    values.put("passed", FleetTables.findings(with(report, "pass")));
    Templates.PLAN.render(values, out);
  }

  private static Markdown forecasts(PlanReport report) {
    return Table.of(
        List.of("Path", " Measured", " Predicted", "Because"),
        report.forecasts().stream()
            .map((ForecastRow row) ->
                List.of(
                    ForecastWords.paths(report, row),
                    ForecastWords.before(row),
                    ForecastWords.after(row),
                    row.because()))
            .toList());
  }

  private static Markdown routes(PlanReport report) {
    return report.stage().equals("after")
        ? Table.of(
            List.of("Peer", "Service", " " + report.move().to(), "By"),
            report.routes().stream()
                .map((RouteRow row) ->
                    List.of(peer(row), service(row), figure(row.rttAfterMs()), by(row)))
                .toList())
        : Table.of(
            List.of(
                "Peer",
                "Service",
                " " + report.move().from(),
                " " + report.move().to(),
                "Difference",
                "By"),
            report.routes().stream()
                .map((RouteRow row) ->
                    List.of(
                        peer(row),
                        service(row),
                        figure(row.rttBeforeMs()),
                        figure(row.rttAfterMs()),
                        row.difference().orElse("?"),
                        by(row)))
                .toList());
  }

  private static String peer(RouteRow row) {
    return row.direction() + " " + row.peer();
  }

  private static String service(RouteRow row) {
    return row.service() + " " + row.port();
  }

  private static String by(RouteRow row) {
    return row.rttAfterBy().orElse("not measured");
  }

  private static String figure(OptionalDouble milliseconds) {
    return milliseconds.isPresent() ? Figures.ms(milliseconds.getAsDouble()) : "?";
  }

  private static List<FindingRow> with(PlanReport report, String verdict) {
    return report.findings().stream().filter(finding -> finding.verdict().equals(verdict)).toList();
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template PLAN =
        new Template(PlanMarkdownRenderer.class, "plan.ftl", MarkdownEscaping.INSTANCE);
  }
}
