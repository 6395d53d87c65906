package dev.earshot.report.format;

import dev.earshot.report.AuditReport;
import dev.earshot.report.PlanReport;
import dev.earshot.report.json.JsonRenderer;
import dev.earshot.report.json.PlanJsonRenderer;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import dev.earshot.report.markdown.MarkdownRenderer;
import dev.earshot.report.markdown.PlanMarkdownRenderer;
import dev.earshot.report.terminal.PlanTerminalRenderer;
import dev.earshot.report.terminal.TerminalRenderer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// The formats of a report. A new one is a renderer, its template, and a line and a case here.
public enum ReportFormat {
  TERMINAL("terminal", "txt", "for a person at a terminal"),
  MARKDOWN("markdown", "md", "GitHub-flavoured, to be kept with documentation"),
  JSON("json", "json", "everything, for programs; see its JSON Schema");

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
    renderer().render(report, options, out);
  }

  /// The same of a plan's report.
  ///
  /// @throws IOException from `out` alone
  public void render(PlanReport report, RenderOptions options, Appendable out) throws IOException {
    switch (this) {
      case TERMINAL -> new PlanTerminalRenderer().render(report, options, out);
      case MARKDOWN -> new PlanMarkdownRenderer().render(report, out);
      case JSON -> new PlanJsonRenderer().render(report, out);
    }
  }

  private Renderer renderer() {
    return switch (this) {
      case TERMINAL -> new TerminalRenderer();
      case MARKDOWN -> new MarkdownRenderer();
      case JSON -> new JsonRenderer();
    };
  }
}
