package dev.earshot.report.layout;

import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.LinkRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a round trip takes between two hosts: the median of the echo requests; where none was
/// answered, the kernel's minimum, for its other figures have the peer's own work in them; where
/// there is no connection either, the shortest that SSH's server took to open one.
public final class RoundTrips {

  /// By the host that measured, then by the other: a table of both together would search long, for
  /// numbered hosts' names hash alike in pairs.
  private final Map<String, Map<String, Cell>> cells = new HashMap<>();

  public RoundTrips(AuditReport report) {
    for (LinkRow link : report.links()) {
      if (link.rttMinMs().isPresent()) {
        cells
            .computeIfAbsent(link.from(), _ -> new HashMap<>())
            .merge(link.to(), cell(link), RoundTrips::better);
      }
    }
  }

  private static Cell cell(LinkRow link) {
    return switch (link.method()) {
      case "icmp" -> new Cell(link.rttMedianMs(), Cell.PING, false);
      case "tunnel" -> new Cell(link.rttMinMs(), Cell.TUNNEL, false);
      default -> new Cell(link.rttMinMs(), Cell.KERNEL, false);
    };
  }

  private static Cell better(Cell a, Cell b) {
    int byMethod = Cell.MARKS.indexOf(a.mark()) - Cell.MARKS.indexOf(b.mark());
    if (byMethod != 0 || a.mark().equals(Cell.PING)) {
      return byMethod <= 0 ? a : b;
    }
    return a.ms().orElseThrow() <= b.ms().orElseThrow() ? a : b;
  }

  public Cell cell(String from, String to) {
    return from.equals(to) ? Cell.SAME : from(from).getOrDefault(to, Cell.UNKNOWN);
  }

  /// All that one host measured, by the other host.
  Map<String, Cell> from(String host) {
    return cells.getOrDefault(host, Map.of());
  }

  /// One cell of the matrix.
  ///
  /// @param mark how it was measured, empty for echo requests
  /// @param same row and column are the same
  public record Cell(OptionalDouble ms, String mark, boolean same) {

    static final String PING = "";

    /// The kernel's minimum.
    public static final String KERNEL = "k";

    /// A connection that the SSH server opened.
    public static final String TUNNEL = "t";

    /// The best first.
    private static final List<String> MARKS = List.of(PING, KERNEL, TUNNEL);

    static final Cell SAME = new Cell(OptionalDouble.empty(), PING, true);
    static final Cell UNKNOWN = new Cell(OptionalDouble.empty(), PING, false);

    public Band band() {
      return Band.of(ms);
    }

    /// `25.3`, `25.2k` by the kernel, `25.4t` through a tunnel, `?` where it is not known.
    public String text() {
      if (same) {
        return "";
      }
      return ms.isPresent() ? Figures.bareMs(ms.getAsDouble()) + mark : "?";
    }
  }
}
