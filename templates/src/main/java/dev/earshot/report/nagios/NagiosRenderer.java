package dev.earshot.report.nagios;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FindingRow;
import dev.earshot.report.AuditReport.HostRow;
import dev.earshot.report.BudgetRow;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.Findings;
import dev.earshot.report.layout.Harmless;
import dev.earshot.report.layout.RenderOptions;
import dev.earshot.report.layout.Renderer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// One line with state, headline and performance data; what failed follows in lines of its own.
///
/// Nagios reads 8 KiB of a plugin's output at most, so that what is long is cut with a word. That a
/// figure is a bound only its label can tell; it does not belong in the measurement's graph,
/// either.
public final class NagiosRenderer implements Renderer {

  private static final int MOST_LINES = 20;
  private static final int MOST_PATHS = 20;
  private static final int LONGEST = 250;

  @Override
  public void render(AuditReport given, RenderOptions options, Appendable out) throws IOException {
    AuditReport report = Harmless.report(given);
    out.append(
        "EARSHOT %s: %s | %s\n"
            .formatted(
                NagiosState.of(report),
                text(report.headline()),
                String.join(" ", performance(report))));
    List<FindingRow> failed = Findings.of(report).failed();
    for (FindingRow finding : failed.subList(0, Math.min(failed.size(), MOST_LINES))) {
      out.append(
          "%s %s: %s\n"
              .formatted(
                  finding.severity().toUpperCase(Locale.ROOT),
                  finding.check(),
                  text(finding.because())));
    }
    if (failed.size() > MOST_LINES) {
      out.append("and %d more\n".formatted(failed.size() - MOST_LINES));
    }
    List<HostRow> silent = report.hosts().stream().filter(HostRow::unreachable).toList();
    for (HostRow host : silent.subList(0, Math.min(silent.size(), MOST_LINES))) {
      out.append(
          "UNREACHABLE %s: %s\n".formatted(host.name(), text(host.reason().orElse("no reason"))));
    }
    List<FindingRow> waived = Findings.of(report).waived();
    for (FindingRow finding : waived.subList(0, Math.min(waived.size(), MOST_LINES))) {
      out.append(
          "WAIVED %s: %s\n"
              .formatted(
                  finding.check(),
                  text(
                      finding.waiver().map(waiver -> waiver.told() + ": ").orElse("")
                          + finding.because())));
    }
  }

  /// The line where there is no report: what kept it from being made.
  public static String unknown(String because) {
    return "EARSHOT %s: %s\n".formatted(NagiosState.UNKNOWN, text(Harmless.line(because)));
  }

  private static List<String> performance(AuditReport report) {
    AuditReport.Summary summary = report.summary();
    List<String> all = new ArrayList<>();
    all.add("critical=%d;;0;0".formatted(summary.critical()));
    all.add("high=%d;;0;0".formatted(summary.high()));
    all.add("medium=%d;0;;0".formatted(summary.medium()));
    all.add("low=%d;;;0".formatted(summary.low()));
    all.add("info=%d;;;0".formatted(summary.info()));
    all.add("unknown=%d;;;0".formatted(summary.unknown()));
    all.add("troubles=%d;;;0".formatted(report.troubles().size()));
    report.budgets().stream()
        .limit(MOST_PATHS)
        .forEach(budget -> {
          add(all, "rtt", budget, budget.rttMs(), "ms");
          String least = budget.exact() ? "" : " at least";
          String most = budget.exact() ? "" : " at most";
          add(all, "request" + least, budget, budget.requestMs(), "ms");
          add(all, "serial_ceiling" + most, budget, budget.serialCeilingPerSecond(), "");
        });
    return all;
  }

  private static void add(
      List<String> all, String what, BudgetRow budget, OptionalDouble value, String unit) {
    if (value.isPresent()) {
      String label = (what + " " + String.join("/", budget.path())).replaceAll("['=|]", "_");
      all.add("'%s'=%s%s;;;0".formatted(label, Figures.plain(value.getAsDouble()), unit));
    }
  }

  /// A bar would begin the performance data.
  private static String text(String value) {
    String barred = value.replace('|', '/');
    return barred.codePointCount(0, barred.length()) <= LONGEST
        ? barred
        : barred.substring(0, barred.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
