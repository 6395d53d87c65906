package dev.earshot.report.format;

import dev.earshot.report.PlanReport;
import dev.earshot.report.json.PlanJsonRenderer;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.markdown.PlanMarkdownRenderer;
import dev.earshot.report.terminal.PlanTerminalRenderer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// The formats of a plan's report, under the labels of [ReportFormat].
public enum PlanFormat {
  TERMINAL("terminal"),
  MARKDOWN("markdown"),
  JSON("json");

  private final String label;

  PlanFormat(String label) {
    this.label = label;
  }

  /// What people write on the command line: `markdown`.
  public String label() {
    return label;
  }

  /// The format of that label.
  public static Optional<PlanFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
  }

  /// Writes the whole report, with a line break at the end.
  ///
  /// @throws IOException from `out` alone
  public void render(PlanReport report, RenderOptions options, Appendable out) throws IOException {
    switch (this) {
      case TERMINAL -> new PlanTerminalRenderer().render(report, options, out);
      case MARKDOWN -> new PlanMarkdownRenderer().render(report, out);
      case JSON -> new PlanJsonRenderer().render(report, out);
    }
  }
}
