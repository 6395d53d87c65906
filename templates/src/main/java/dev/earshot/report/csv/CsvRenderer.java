package dev.earshot.report.csv;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.LinkRow;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The matrix of round trips: a line for each pair and method, as RFC 4180 has it, but with plain
/// line feeds. What was not measured is empty.
public final class CsvRenderer implements Renderer {

  private static final List<String> COLUMNS =
      List.of(
          "from",
          "to",
          "method",
          "sent",
          "received",
          "rtt_min_ms",
          "rtt_median_ms",
          "rtt_p95_ms",
          "rtt_max_ms",
          "loss_ratio");

  @Override
  public void render(AuditReport report, RenderOptions options, Appendable out) throws IOException {
    out.append(String.join(",", COLUMNS)).append("\n");
    for (LinkRow link : Harmless.report(report).links()) {
      out.append(
              Stream.of(
                      text(link.from()),
                      text(link.to()),
                      text(link.method()),
                      String.valueOf(link.sent()),
                      String.valueOf(link.received()),
                      number(link.rttMinMs()),
                      number(link.rttMedianMs()),
                      number(link.rttP95Ms()),
                      number(link.rttMaxMs()),
                      number(link.lossRatio()))
                  .collect(Collectors.joining(",")))
          .append("\n");
    }
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Figures.plain(value.getAsDouble()) : "";
  }

  /// A spreadsheet takes what begins like a formula for one, whatever quotes stand around it.
  static String text(String value) {
    String tame = value.isEmpty() || "=+-@".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    return tame.matches("[^\",\\s]*") ? tame : "\"%s\"".formatted(tame.replace("\"", "\"\""));
  }
}
