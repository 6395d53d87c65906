package dev.earshot.report;

import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Container.PublishedPort;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.report.AuditReport.ContainerRow;
import dev.earshot.report.AuditReport.PublishedRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Puts containers into the words of the report.
final class ContainerRows {

  private ContainerRows() {}

  static List<ContainerRow> of(HostEvidence host) {
    return host.containers().collected().stream()
        .flatMap(containers -> containers.all().stream())
        .map(container -> row(host.name().value(), container))
        .toList();
  }

  private static ContainerRow row(String host, Container container) {
    return new ContainerRow(
        host,
        container.engine(),
        container.name(),
        container.image().reference(),
        container.image().digest(),
        container.version(),
        container
            .created()
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
            .map(Instant::toString),
        container.run().state(),
        container.compose().map(Container.Compose::project),
        container.networks(),
        container.ports().stream().map(ContainerRows::published).toList(),
        container.limits().memory().map(Bytes::value),
        container.limits().cpus().stream().mapToDouble(ReportAssembly::round).findFirst());
  }

  private static PublishedRow published(PublishedPort port) {
    return new PublishedRow(
        port.port(), port.protocol(), port.at().address().value(), port.at().port());
  }
}
