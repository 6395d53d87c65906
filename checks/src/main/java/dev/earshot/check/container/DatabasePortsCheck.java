package dev.earshot.check.container;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Container.PublishedPort;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.HostEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A port that Docker publishes is open to everybody who reaches the host: its rules stand before
/// those of ufw and firewalld, as Docker's manual says of both.
public final class DatabasePortsCheck implements Check {

  private static final Map<Integer, String> DATABASES =
      Map.ofEntries(
          Map.entry(1433, "SQL Server"),
          Map.entry(1521, "Oracle"),
          Map.entry(3306, "MySQL"),
          Map.entry(5432, "PostgreSQL"),
          Map.entry(5984, "CouchDB"),
          Map.entry(6379, "Redis"),
          Map.entry(6432, "PgBouncer"),
          Map.entry(9042, "Cassandra"),
          Map.entry(9200, "Elasticsearch"),
          Map.entry(11_211, "Memcached"),
          Map.entry(26_257, "CockroachDB"),
          Map.entry(27_017, "MongoDB"));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "container.database-ports",
        "No container publishes a database to everybody",
        Severity.HIGH,
        """
        A port published on all addresses is open to the internet where the host is, whatever the \
        host's own firewall says, and only the database's password is left to protect the data.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("containers.list"),
        List.of(),
        """
        # on the host: ports after 0.0.0.0 or [::] are open to everybody
        docker ps --format '{{.Names}}: {{.Ports}}'
        # from a machine elsewhere: does it answer?
        nc -zv -w 3 HOST 5432\
        """,
        "Publish the port as 127.0.0.1:PORT:PORT or on an internal address, or do not publish it: containers of one Compose project reach each other without. A rule of ufw or firewalld does not close a port that Docker opens.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return ContainerHosts.judge(info(), fleet, this::judge);
  }

  private List<Finding> judge(HostEvidence host, Containers containers) {
    List<Finding> findings = new ArrayList<>();
    for (Container container : containers.up()) {
      List<PublishedPort> databases =
          container.ports().stream()
              .filter(port -> DATABASES.containsKey(port.port()) && port.protocol().equals("tcp"))
              .toList();
      if (!databases.isEmpty()) {
        findings.add(judge(host, container, databases));
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.Pass(
                    "%s: none of %d containers publishes a database's port"
                        .formatted(host.name(), containers.up().size()))))
        : findings;
  }

  private Finding judge(HostEvidence host, Container container, List<PublishedPort> databases) {
    List<String> open =
        databases.stream()
            .filter(port -> !isInternal(port.at().address()))
            .map(DatabasePortsCheck::words)
            .toList();
    Subject subject = ContainerHosts.subject(host, container);
    if (open.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass(
              "%s: container %s publishes %s, on internal addresses only"
                  .formatted(
                      host.name(),
                      container.name(),
                      String.join(
                          ", ", databases.stream().map(DatabasePortsCheck::words).toList()))));
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.HIGH,
                "%s: container %s publishes %s; wanted is 127.0.0.1 or an internal address"
                    .formatted(host.name(), container.name(), String.join(", ", open))))
        .with(remedy(host, container, databases.getFirst()));
  }

  private static String words(PublishedPort port) {
    return "%s on %s".formatted(DATABASES.getOrDefault(port.port(), "a database"), port.at());
  }

  /// RFC 1918, RFC 6598, RFC 4193, and the host itself.
  private static boolean isInternal(Address address) {
    String text = address.value();
    return address.isLoopback()
        || address.isLinkLocal()
        || text.matches(
            "(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|f[cd][0-9a-f]{2}:).*");
  }

  private static Remedy remedy(HostEvidence host, Container container, PublishedPort port) {
    return new Remedy(
        "Publish the port as 127.0.0.1:%d:%d, or not at all: containers of one Compose project reach each other without.%s"
            .formatted(
                port.at().port(),
                port.port(),
                container
                    .compose()
                    .map(compose ->
                        " It stands in %s, service %s."
                            .formatted(compose.file(), compose.service()))
                    .orElse("")),
        "",
        List.of(
            "%s port %s   # on %s"
                .formatted(
                    container.engine(),
                    ContainerName.word(container.name()),
                    Quoted.comment(host.name().value())),
            "nc -vz %s %d   # from a machine outside"
                .formatted(Quoted.shell(host.host().address()), port.at().port())));
  }
}
