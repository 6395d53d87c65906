package dev.earshot.report.layout;

import dev.earshot.evidence.Bytes;
import dev.earshot.report.AuditReport;
import dev.earshot.report.AuditReport.ContainerRow;
import dev.earshot.report.AuditReport.PublishedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The containers of all hosts, as people read them.
///
/// @param leftOut how many more there are
public record ContainerTable(List<Row> rows, int leftOut) {

  /// More than this nobody reads; the JSON has them all.
  private static final int MOST = 500;

  /// What tells one image from all others, as engines print it.
  private static final String SHORT = "(sha256:[0-9a-f]{12})[0-9a-f]{52}";

  /// One container.
  ///
  /// @param name with the engine where that is not Docker, since each has names of its own
  /// @param digest its beginning; empty where the engine knows none
  /// @param created the day
  /// @param limits empty where there are none
  public record Row(
      String host,
      String name,
      String image,
      String digest,
      String version,
      String created,
      String state,
      String project,
      String networks,
      String ports,
      String limits) {}

  public ContainerTable {
    rows = List.copyOf(rows);
  }

  /// In the order of the hosts.
  public static ContainerTable of(AuditReport report) {
    return new ContainerTable(
        report.containers().stream().limit(MOST).map(ContainerTable::row).toList(),
        Math.max(0, report.containers().size() - MOST));
  }

  /// How many there are, and of how many hosts.
  public static String counted(AuditReport report) {
    return "%s on %s"
        .formatted(
            Figures.count(report.containers().size(), "container"),
            Figures.count(
                report.containers().stream().map(ContainerRow::host).distinct().count(), "host"));
  }

  private static Row row(ContainerRow container) {
    return new Row(
        container.host(),
        container.engine().equals("docker")
            ? container.name()
            : container.engine() + " " + container.name(),
        container.image().replaceAll(SHORT, "$1"),
        container.digest().map(digest -> digest.replaceAll(SHORT, "$1")).orElse(""),
        container.version().orElse(""),
        container.created().map(time -> time.replaceFirst("T.*", "")).orElse(""),
        container.state(),
        container.project().orElse(""),
        String.join(", ", container.networks()),
        container.ports().stream().map(ContainerTable::port).collect(Collectors.joining(", ")),
        limits(container));
  }

  private static String port(PublishedRow port) {
    return "%s:%d → %d/%s"
        .formatted(
            port.address().contains(":") ? "[" + port.address() + "]" : port.address(),
            port.hostPort(),
            port.port(),
            port.protocol());
  }

  private static String limits(ContainerRow container) {
    List<String> limits = new ArrayList<>();
    container.memoryLimitBytes().ifPresent(bytes -> limits.add(new Bytes(bytes).toString()));
    container.cpuLimit().ifPresent(cpus -> limits.add(Figures.plain(cpus) + " CPU"));
    return String.join(", ", limits);
  }
}
