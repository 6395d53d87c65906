package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.layout.RenderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What `make bench` says of rendering: the first page of a program, as each audit renders it, in a
/// JVM that has rendered nothing before.
final class RenderingBench {

  private RenderingBench() {}

  public static void main(String[] arguments) throws IOException {
    AuditReport report = LargeReport.of(1000, 5000);
    StringBuilder page = new StringBuilder();
    long start = System.nanoTime();
    ReportFormat.HTML.render(report, RenderOptions.plain(), page);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%.3f s, %.1f MB%n",
        seconds,
        page.toString().getBytes(StandardCharsets.UTF_8).length / 1e6);
  }
}
