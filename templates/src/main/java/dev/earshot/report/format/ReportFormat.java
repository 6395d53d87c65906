package dev.earshot.report.format;

import dev.earshot.report.AuditReport;
import dev.earshot.report.PlanReport;
import dev.earshot.report.Trends;
import dev.earshot.report.csv.CsvRenderer;
import dev.earshot.report.html.HtmlRenderer;
import dev.earshot.report.html.PlanHtmlRenderer;
import dev.earshot.report.json.JsonRenderer;
import dev.earshot.report.json.PlanJsonRenderer;
import dev.earshot.report.junit.JunitRenderer;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.markdown.Flavour;
import dev.earshot.report.markdown.MarkdownRenderer;
import dev.earshot.report.markdown.PlanMarkdownRenderer;
import dev.earshot.report.nagios.NagiosRenderer;
import dev.earshot.report.playbook.PlaybookRenderer;
import dev.earshot.report.prometheus.PrometheusRenderer;
import dev.earshot.report.sarif.SarifRenderer;
import dev.earshot.report.terminal.PlanTerminalRenderer;
import dev.earshot.report.terminal.TerminalRenderer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// The formats of a report. A new one is a renderer, its template, and a line and a case here.
public enum ReportFormat {
  TERMINAL("terminal", "txt", "for a person at a terminal"),
  MARKDOWN("markdown", "md", "GitHub-flavoured, to be kept with documentation"),
  MARKDOWN_MDBOOK("markdown-mdbook", "md", "for a book by mdBook 0.4, as Prettier sets it"),
  MARKDOWN_PLAIN("markdown-plain", "md", "without alerts and HTML, for other readers"),
  HTML("html", "html", "one page for a browser, that needs no network"),
  JSON("json", "json", "everything, for programs; see its JSON Schema"),
  JUNIT("junit", "xml", "test results, a suite to a host, for CI servers"),
  SARIF("sarif", "sarif", "annotations at the inventory's lines, for code review"),
  PROMETHEUS("prometheus", "prom", "metrics, for node_exporter's textfile collector"),
  NAGIOS("nagios", "nagios", "a plugin's line and exit code, for Nagios and its kin"),
  CSV("csv", "csv", "the matrix of round trips, for spreadsheets"),
  PLAYBOOK("playbook", "yml", "the remedies, for ansible-playbook");

  private final String label;
  private final String extension;
  private final String purpose;

  ReportFormat(String label, String extension, String purpose) {
    this.label = label;
    this.extension = extension;
    this.purpose = purpose;
  }

  /// What people write on the command line: `markdown`.
  public String label() {
    return label;
  }

  /// Of a file in this format, without the dot: `md`.
  public String extension() {
    return extension;
  }

  /// Whom it is for, as a phrase.
  public String purpose() {
    return purpose;
  }

  /// The format of that label.
  public static Optional<ReportFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
  }

  /// Writes the whole report, with a line break at the end. The same report and options give the
  /// same characters. Nothing in the report can steer a terminal or break out of the format.
  ///
  /// @throws IOException from `out` alone
  public void render(AuditReport report, RenderOptions options, Appendable out) throws IOException {
    render(report, Trends.NONE, options, out);
  }

  /// The same with what earlier runs measured, where the format is for eyes.
  ///
  /// @throws IOException from `out` alone
  public void render(AuditReport report, Trends trends, RenderOptions options, Appendable out)
      throws IOException {
    renderer(trends).render(report, options, out);
  }

  /// The same of a plan's report, in a format that [#rendersPlans].
  ///
  /// @throws IOException from `out` alone
  public void render(PlanReport report, RenderOptions options, Appendable out) throws IOException {
    switch (this) {
      case TERMINAL -> new PlanTerminalRenderer().render(report, options, out);
      case MARKDOWN -> new PlanMarkdownRenderer(Flavour.GITHUB).render(report, out);
      case MARKDOWN_MDBOOK -> new PlanMarkdownRenderer(Flavour.MDBOOK).render(report, out);
      case MARKDOWN_PLAIN -> new PlanMarkdownRenderer(Flavour.PLAIN).render(report, out);
      case HTML -> new PlanHtmlRenderer().render(report, out);
      case JSON -> new PlanJsonRenderer().render(report, out);
      case PLAYBOOK -> new PlaybookRenderer().render(report, out);
      case JUNIT, SARIF, PROMETHEUS, NAGIOS, CSV ->
          throw new IllegalArgumentException("a plan has no %s report".formatted(label));
    }
  }

  /// Whether a plan can be rendered, too: the others are about a whole fleet.
  public boolean rendersPlans() {
    return switch (this) {
      case TERMINAL, MARKDOWN, MARKDOWN_MDBOOK, MARKDOWN_PLAIN, HTML, JSON, PLAYBOOK -> true;
      case JUNIT, SARIF, PROMETHEUS, NAGIOS, CSV -> false;
    };
  }

  private Renderer renderer(Trends trends) {
    return switch (this) {
      case TERMINAL -> new TerminalRenderer(trends);
      case MARKDOWN -> new MarkdownRenderer(Flavour.GITHUB);
      case MARKDOWN_MDBOOK -> new MarkdownRenderer(Flavour.MDBOOK);
      case MARKDOWN_PLAIN -> new MarkdownRenderer(Flavour.PLAIN);
      case HTML -> new HtmlRenderer(trends);
      case JSON -> new JsonRenderer();
      case JUNIT -> new JunitRenderer();
      case SARIF -> new SarifRenderer();
      case PROMETHEUS -> new PrometheusRenderer();
      case NAGIOS -> new NagiosRenderer();
      case CSV -> new CsvRenderer();
      case PLAYBOOK -> new PlaybookRenderer();
    };
  }
}
