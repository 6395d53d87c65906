package dev.earshot.report.html;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.FlowRow;
import dev.earshot.report.layout.Band;
import dev.earshot.report.layout.Figures;
import dev.earshot.report.layout.RoundTrips;
import dev.earshot.report.layout.RoundTrips.Cell;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// Who talks to whom, the farthest first.
///
/// @param rows at most so many as people read
/// @param leftOut how many are not among them
public record FlowTable(List<Row> rows, int leftOut) {

  private static final int MOST = 1000;

  public FlowTable {
    rows = List.copyOf(rows);
  }

  /// One flow.
  ///
  /// @param css the class of the round trip's band
  public record Row(FlowRow flow, String rtt, String css, String calls) {}

  static FlowTable of(AuditReport report, RoundTrips roundTrips) {
    return new FlowTable(
        report.flows().stream()
            .sorted(Comparator.comparingDouble((FlowRow flow) -> -rtt(flow, roundTrips).orElse(0)))
            .limit(MOST)
            .map(flow -> row(flow, roundTrips))
            .toList(),
        Math.max(0, report.flows().size() - MOST));
  }

  private static Row row(FlowRow flow, RoundTrips roundTrips) {
    OptionalDouble rtt = rtt(flow, roundTrips);
    return new Row(
        flow,
        Bars.ms(rtt),
        Heatmap.css(Band.of(rtt)),
        flow.roundTripsPerSecond().stream().mapToObj(Figures::rate).findFirst().orElse("?"));
  }

  /// As in the matrix; where it has nothing, what the kernel saw on the flow's own connections.
  static OptionalDouble rtt(FlowRow flow, RoundTrips roundTrips) {
    Cell cell = roundTrips.cell(flow.from(), flow.to());
    return cell.ms().isPresent() ? cell.ms() : flow.rttMinMs();
  }
}
