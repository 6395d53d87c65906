package dev.earshot.report;

import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;

/// Recorded cases in a format.
public final class Rendered {

  private Rendered() {}

  public static String of(String name, ReportFormat format) throws IOException {
    return of(ReportCases.report(name), format);
  }

  public static String of(AuditReport report, ReportFormat format) throws IOException {
    StringBuilder out = new StringBuilder();
    format.render(report, RenderOptions.plain(), out);
    return out.toString();
  }
}
