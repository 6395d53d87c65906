package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import java.io.IOException;

/// Lays out a report in one format.
@FunctionalInterface
public interface Renderer {

  /// Writes the whole report, with a line break at the end. The same report and options give the
  /// same characters.
  ///
  /// @throws IOException from `out` alone
  void render(AuditReport report, RenderOptions options, Appendable out) throws IOException;
}
