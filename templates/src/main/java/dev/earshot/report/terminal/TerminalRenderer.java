package dev.earshot.report.terminal;

import dev.earshot.report.AuditReport;
import dev.earshot.report.Trends;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Gap;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.layout.RttGrid;
import dev.earshot.report.layout.Template;
import freemarker.core.PlainTextOutputFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What an admin reads first, between 60 and 200 columns wide.
///
/// @param trends of what earlier runs measured
public record TerminalRenderer(Trends trends) implements Renderer {

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    Page page = new Page(options);
    Findings findings = Findings.of(report);
    FindingLines finding = new FindingLines(page);
    BudgetLines budget = new BudgetLines(page);
    HostLines hosts = new HostLines(page, report);
    Templates.TERMINAL.render(
        Map.ofEntries(
            Map.entry("summary", new SummaryLines(page).of(report)),
            Map.entry("failures", finding.failures(findings.failed())),
            Map.entry("waived", page.section("Waived", finding.waived(findings.waived()))),
            Map.entry(
                "heatmap",
                page.section("Round trips", new HeatmapLines(page).of(RttGrid.of(report)))),
            Map.entry(
                "sites", page.section("Sites: hosts within 2 ms of each other", hosts.sites())),
            Map.entry(
                "hosts", page.section("Hosts", options.verbose() ? hosts.table() : List.of())),
            Map.entry(
                "containers",
                page.section(
                    "Containers",
                    options.verbose() ? new ContainerLines(page).of(report) : List.of())),
            Map.entry("budgets", budget.known(report.budgets())),
            Map.entry(
                "noBudgets",
                page.section("Paths without a budget", budget.unknown(report.budgets()))),
            Map.entry("trends", new TrendLines(page).of(Harmless.trends(trends))),
            Map.entry("open", page.section("Not known", finding.open(findings, report.budgets()))),
            Map.entry("gaps", page.section("Could not be asked", finding.gaps(Gap.of(report)))),
            Map.entry("rest", finding.rest(findings))),
        out);
  }

  /// Made at first use: other formats do without.
  private static final class Templates {
    static final Template TERMINAL =
        new Template(TerminalRenderer.class, "terminal.ftl", PlainTextOutputFormat.INSTANCE);
  }
}
