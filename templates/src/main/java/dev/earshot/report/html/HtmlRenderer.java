package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.Trends;
import dev.earshot.report.layout.ContainerTable;
import dev.earshot.report.layout.Counts;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Gap;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.layout.RoundTrips;
import dev.earshot.report.layout.RttGrid;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// A page for a browser. Complete whatever the options: details fold away instead.
///
/// @param trends of what earlier runs measured
public record HtmlRenderer(Trends trends) implements Renderer {

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    RoundTrips roundTrips = new RoundTrips(report);
    RttGrid grid = RttGrid.of(report, Heatmap.MOST);
    Map<String, Object> values = new HashMap<>();
    values.put("report", report);
    values.put("verdict", Verdict.of(report));
    values.put("counts", Counts.of(report.summary()));
    values.put("window", Figures.seconds(report.windowSeconds()));
    values.put("hostCount", Figures.count(report.hosts().size(), "host"));
    values.put("answer", Answer.of(report));
    values.put("paths", Paths.of(report));
    values.put("grid", grid);
    values.put("heatmap", Heatmap.of(report, grid));
    values.put("map", FlowMap.of(report, roundTrips));
    values.put("trends", TrendCharts.of(Harmless.trends(trends)));
    values.put("flows", FlowTable.of(report, roundTrips));
    values.put("findings", CheckGroups.of(report));
    values.put("hosts", HostTable.of(report));
    values.put("containers", ContainerTable.of(report));
    values.put("containerCount", ContainerTable.counted(report));
    values.put("gaps", Gap.of(report));
    Pages.AUDIT.render(values, out);
  }

  /// Made at first use: other formats do without.
  private static final class Pages {
    static final Page AUDIT = new Page("html.ftl");
  }
}
