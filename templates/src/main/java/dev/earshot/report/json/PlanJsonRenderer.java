package dev.earshot.report.json;

import dev.earshot.report.PlanReport;
import java.io.IOException;

/// Everything in the plan, its keys in the order of the records' components.
public final class PlanJsonRenderer {

  /// Writes the whole report, with a line break at the end.
  public void render(PlanReport report, Appendable out) throws IOException {
    out.append(JsonRenderer.json(report)).append("\n");
  }
}
