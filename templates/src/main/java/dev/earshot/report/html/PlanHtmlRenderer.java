package dev.earshot.report.html;

import dev.earshot.report.PlanReport;
import dev.earshot.report.PlanReport.ForecastRow;
import dev.earshot.report.PlanReport.RouteRow;
import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.ForecastWords;
import dev.earshot.report.layout.Harmless;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A plan as a page of the same look.
public final class PlanHtmlRenderer {

  /// What requests take on one path, as bars of one scale.
  public record Forecast(
      String path,
      String before,
      String beforeLength,
      String after,
      String afterLength,
      String because) {}

  /// One way between the work and a peer.
  ///
  /// @param css the class of the band of the round trip from the new host
  public record Route(RouteRow row, String before, String after, String css) {}

  /// Writes the whole report, with a line break at the end.
  public void render(PlanReport given, Appendable out) throws IOException {
    PlanReport report = Harmless.plan(given);
    Map<String, Object> values = new HashMap<>();
    values.put("report", report);
    values.put("verdict", Verdict.of(report));
    values.put("window", Figures.seconds(report.windowSeconds()));
    values.put("forecasts", forecasts(report));
    values.put("routes", report.routes().stream().map(PlanHtmlRenderer::route).toList());
    values.put("findings", CheckGroups.of(report.findings()));
    Pages.PLAN.render(values, out);
  }

  private static List<Forecast> forecasts(PlanReport report) {
    double longest =
        report.forecasts().stream()
            .mapToDouble(
                row -> Math.max(row.requestBeforeMs().orElse(0), row.requestAfterMs().orElse(0)))
            .max()
            .orElse(0);
    return report.forecasts().stream().map(row -> forecast(report, row, longest)).toList();
  }

  private static Forecast forecast(PlanReport report, ForecastRow row, double longest) {
    return new Forecast(
        ForecastWords.paths(report, row),
        ForecastWords.before(row),
        length(row.requestBeforeMs(), longest),
        ForecastWords.after(row),
        length(row.requestAfterMs(), longest),
        row.because());
  }

  private static String length(OptionalDouble ms, double longest) {
    return Bars.share(longest > 0 ? ms.orElse(0) / longest : 0);
  }

  private static Route route(RouteRow row) {
    return new Route(
        row,
        Bars.ms(row.rttBeforeMs()),
        Bars.ms(row.rttAfterMs()),
        Heatmap.css(Band.of(row.rttAfterMs())));
  }

  /// Made at first use: other formats do without.
  private static final class Pages {
    static final Page PLAN = new Page("plan.ftl");
  }
}
