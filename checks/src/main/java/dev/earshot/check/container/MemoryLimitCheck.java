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
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Listener;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// When memory runs out, the kernel ends the process that holds most of it, which on such a host is
/// the database.
public final class MemoryLimitCheck implements Check {

  private static final Pattern DATABASE =
      Pattern.compile("(?i).*(postgres|postgis|pgautoupgrade|timescale|mysql|mariadb|mongo).*");

  private static final Pattern DATABASE_PROGRAM =
      Pattern.compile("(?i)postgres|postmaster|mysqld|mariadbd|mongod");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "container.memory-limit",
        "Containers beside a database have memory limits",
        Severity.LOW,
        """
        A container without a limit can take all memory of its host; the kernel then ends the \
        largest process, and that is the database's.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("containers.list", "network.listeners"),
        List.of(),
        """
        # on the host: MEM USAGE / LIMIT; without a limit the second number is all of the host's memory
        docker stats --no-stream\
        """,
        "Give every container beside the database a limit (mem_limit in the Compose file) that leaves the database what it needs.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return ContainerHosts.judge(
        info(), fleet, (host, containers) -> List.of(judge(host, containers)));
  }

  private Finding judge(HostEvidence host, Containers containers) {
    Optional<String> database = database(host, containers);
    if (database.isEmpty()) {
      return finding(
          host,
          host.listeners() instanceof Evidence.Uncollected<List<Listener>>(String reason)
              ? new Verdict.Unknown(
                  "%s: whether a database runs here is not known: %s"
                      .formatted(host.name(), reason))
              : new Verdict.NotApplicable("%s: no database runs here".formatted(host.name())));
    }
    List<Container> others =
        containers.up().stream().filter(container -> !isDatabase(container)).toList();
    List<String> unlimited =
        others.stream()
            .filter(container -> container.limits().memory().isEmpty())
            .map(Container::name)
            .toList();
    if (unlimited.isEmpty()) {
      return finding(
          host,
          new Verdict.Pass(
              "%s: all of %d containers beside %s have memory limits"
                  .formatted(host.name(), others.size(), database.get())));
    }
    return finding(
            host,
            new Verdict.Fail(
                Severity.LOW,
                "%s: %d of %d containers beside %s have no memory limit: %s"
                    .formatted(
                        host.name(),
                        unlimited.size(),
                        others.size(),
                        database.get(),
                        String.join(", ", unlimited.stream().limit(5).toList())
                            + (unlimited.size() > 5 ? ", …" : ""))))
        .with(remedy(host));
  }

  private Finding finding(HostEvidence host, Verdict verdict) {
    return Finding.of(info(), Subject.host(host.name()), verdict);
  }

  private static Optional<String> database(HostEvidence host, Containers containers) {
    Optional<String> contained =
        containers.up().stream()
            .filter(MemoryLimitCheck::isDatabase)
            .map(container -> "container " + container.name())
            .findFirst();
    return contained.or(() ->
        host.listeners().collected().stream()
            .flatMap(List::stream)
            .flatMap(listener -> listener.process().stream())
            .filter(program -> DATABASE_PROGRAM.matcher(program).matches())
            .findFirst());
  }

  private static boolean isDatabase(Container container) {
    return DATABASE.matcher(container.image().shortName()).matches();
  }

  private static Remedy remedy(HostEvidence host) {
    return new Remedy(
        "Give each of them a limit (mem_limit in the Compose file) that leaves the database what it needs.",
        "",
        List.of("docker stats --no-stream   # on " + Quoted.comment(host.name().value())));
  }
}
