package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.LinkRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a round trip takes between two hosts: the median of the echo requests; where none was
/// answered, the kernel's minimum, for its other figures have the peer's own work in them.
public final class RoundTrips {

  private record Pair(String from, String to) {}

  private final Map<Pair, LinkRow> icmp = new HashMap<>();
  private final Map<Pair, LinkRow> kernel = new HashMap<>();

  public RoundTrips(AuditReport report) {
    for (LinkRow link : report.links()) {
      if (link.rttMinMs().isPresent()) {
        Pair pair = new Pair(link.from(), link.to());
        if (link.method().equals("icmp")) {
          icmp.putIfAbsent(pair, link);
        } else {
          kernel.merge(
              pair,
              link,
              (a, b) -> a.rttMinMs().orElseThrow() <= b.rttMinMs().orElseThrow() ? a : b);
        }
      }
    }
  }

  public Cell cell(String from, String to) {
    if (from.equals(to)) {
      return Cell.SAME;
    }
    Pair pair = new Pair(from, to);
    return Optional.ofNullable(icmp.get(pair))
        .map(link -> new Cell(link.rttMedianMs(), false, false))
        .or(() ->
            Optional.ofNullable(kernel.get(pair))
                .map(link -> new Cell(link.rttMinMs(), true, false)))
        .orElse(new Cell(OptionalDouble.empty(), false, false));
  }

  /// One cell of the matrix.
  ///
  /// @param byKernel not by echo requests
  /// @param same row and column are the same
  public record Cell(OptionalDouble ms, boolean byKernel, boolean same) {

    static final Cell SAME = new Cell(OptionalDouble.empty(), false, true);

    public Band band() {
      return Band.of(ms);
    }

    /// `25.3`, `25.2k` by the kernel, `?` where it is not known.
    public String text() {
      if (same) {
        return "";
      }
      return ms.isPresent() ? Figures.bareMs(ms.getAsDouble()) + (byKernel ? "k" : "") : "?";
    }
  }
}
