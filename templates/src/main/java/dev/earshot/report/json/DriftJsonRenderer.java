package dev.earshot.report.json;

import dev.earshot.report.DriftReport;
import java.io.IOException;

/// Everything that has changed, and all that fails as before, its keys in the order of the records'
/// components.
public final class DriftJsonRenderer {

  /// Writes the whole report, with a line break at the end.
  public void render(DriftReport report, Appendable out) throws IOException {
    out.append(JsonRenderer.json(report)).append("\n");
  }
}
