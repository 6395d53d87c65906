package dev.earshot.report.markdown;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.SiteRow;
import dev.earshot.report.layout.Counts;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.layout.RttGrid;
import dev.earshot.report.layout.Template;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// GitHub-flavoured Markdown. Complete whatever the options: details fold away instead.
public final class MarkdownRenderer implements Renderer {

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    Findings findings = Findings.of(report);
    RttGrid grid = RttGrid.of(report);
    Map<String, Object> values = new HashMap<>();
    values.put("report", report);
    values.put("alert", alert(report));
    values.put("counts", Counts.of(report.summary()));
    values.put("window", Figures.seconds(report.windowSeconds()));
    values.put("failures", findings.failed().stream().map(FailureSection::of).toList());
    FleetTables.grid(grid).ifPresent(table -> values.put("grid", table));
    FleetTables.pairs(grid).ifPresent(table -> values.put("pairs", table));
    values.put("leftOut", grid.leftOut());
    values.put("sites", sites(report));
    values.put("hosts", FleetTables.hosts(report));
    values.put("budgets", report.budgets().stream().map(BudgetSection::of).toList());
    values.put("findings", findings);
    values.put("open", FleetTables.doubts(findings.open()));
    values.put("unasked", FleetTables.doubts(findings.unasked()));
    values.put("waived", FleetTables.waived(findings.waived()));
    values.put("passed", FleetTables.findings(findings.passed()));
    values.put("notApplicable", FleetTables.findings(findings.notApplicable()));
    values.put("gaps", FleetTables.gaps(report));
    Templates.MARKDOWN.render(values, out);
  }

  private static String alert(AuditReport report) {
    if (report.summary().critical() > 0) {
      return "CAUTION";
    }
    return switch (report.verdict()) {
      case "fail" -> "WARNING";
      case "pass" -> "NOTE";
      default -> "IMPORTANT";
    };
  }

  private static Markdown sites(AuditReport report) {
    return Table.of(
        List.of("Site", "Hosts"),
        report.sites().stream()
            .map((SiteRow site) -> List.of(site.name(), String.join(", ", site.hosts())))
            .toList());
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template MARKDOWN =
        new Template(MarkdownRenderer.class, "markdown.ftl", MarkdownEscaping.INSTANCE);
  }
}
