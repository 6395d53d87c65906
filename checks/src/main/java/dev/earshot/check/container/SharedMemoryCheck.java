package dev.earshot.check.container;

import dev.earshot.check.Card;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Container;
import dev.earshot.evidence.Container.SharedMemory;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.PostgresServer.InContainer;
import dev.earshot.evidence.PostgresSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The processes of a parallel query exchange rows and hash tables in `/dev/shm`, and a container's
/// is small: the query then ends with "could not resize shared memory segment", and only the large
/// ones do, so that nobody knows why.
///
/// Limit: what Docker and Podman give to every container that asks for no more.
public final class SharedMemoryCheck implements Check {

  private static final Bytes USUAL = Bytes.ofKiB(64 * 1024);

  private static final Pattern POSTGRES =
      Pattern.compile("(?i)postgres(ql)?|postgis|pgautoupgrade|pgvector|timescaledb.*");

  /// What each of them says of none means that no query has parallel workers.
  private static final List<String> WORKERS =
      List.of("max_parallel_workers_per_gather", "max_parallel_workers", "max_worker_processes");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "container.shared-memory",
        "PostgreSQL's container has shared memory for parallel queries",
        Severity.MEDIUM,
        """
        Large queries whose workers find no room in /dev/shm end with an error, and with the same \
        data they work on any server that is in no container.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("containers.list", "postgres.settings"),
        List.of(
            new Card.Threshold(
                "/dev/shm of %s or less, and parallel queries allowed: medium".formatted(USUAL),
                "what Docker and Podman give as it comes; lemmy-ansible and the manual of the image postgres set more")),
        """
        # on the host: how large it is, and how full
        docker exec CONTAINER df -h /dev/shm\
        """,
        "Give the container more (shm_size in the Compose file, docker run --shm-size), and make it anew; it takes no memory until it is used.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return ContainerHosts.judge(info(), fleet, this::judge);
  }

  private List<Finding> judge(HostEvidence host, Containers containers) {
    List<Finding> findings = new ArrayList<>();
    for (Container container : containers.up()) {
      Optional<PostgresSettings> server = server(host, container);
      if (server.isPresent() || mayBeOne(host, container)) {
        findings.add(judge(host, container, server));
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.of(
                info(),
                Subject.host(host.name()),
                new Verdict.NotApplicable(
                    "%s: no container with PostgreSQL is known".formatted(host.name()))))
        : findings;
  }

  private Finding judge(HostEvidence host, Container container, Optional<PostgresSettings> server) {
    Subject subject = ContainerHosts.subject(host, container);
    String named = "%s: container %s ".formatted(host.name(), container.name());
    if (container.sharedMemory().isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(named + "does not tell in this evidence how large its /dev/shm is"));
    }
    SharedMemory memory = container.sharedMemory().get();
    return switch (memory.whose()) {
      case HOST -> Finding.of(info(), subject, new Verdict.Pass(named + "has the host's /dev/shm"));
      case OTHER ->
          Finding.of(
              info(),
              subject,
              new Verdict.Unknown(
                  named
                      + "has a /dev/shm that is another container's or mounted there, and how large that is was not asked"));
      case OWN -> own(host, container, named, memory.size(), server);
    };
  }

  private Finding own(
      HostEvidence host,
      Container container,
      String named,
      Bytes size,
      Optional<PostgresSettings> server) {
    Subject subject = ContainerHosts.subject(host, container);
    Measurement measured =
        Measurement.limited(
            "sharedMemoryBytes", size.value(), USUAL.value(), container.engine() + " inspect");
    String told = named + "has %s of /dev/shm".formatted(size);
    if (size.compareTo(USUAL) > 0) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass("%s; limit more than %s".formatted(told, USUAL)),
          measured);
    }
    Optional<Integer> workers =
        server.flatMap(settings -> settings.count("max_parallel_workers_per_gather"));
    if (workers.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Unknown(
              told + ", and whether its queries have parallel workers could not be read"));
    } else if (server.filter(SharedMemoryCheck::usesIt).isEmpty()) {
      return Finding.of(
          info(), subject, new Verdict.Pass(told + ", and no query uses it"), measured);
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                Severity.MEDIUM,
                "%s, and a query may have %d parallel workers that need it; limit more than %s"
                    .formatted(told, workers.get(), USUAL)),
            measured)
        .with(remedy(host, container));
  }

  private static boolean usesIt(PostgresSettings server) {
    boolean none =
        WORKERS.stream().anyMatch(name -> server.count(name).filter(all -> all == 0).isPresent());
    String kind = server.value("dynamic_shared_memory_type");
    return !none && (kind.isEmpty() || kind.equals("posix"));
  }

  private static Optional<PostgresSettings> server(HostEvidence host, Container container) {
    return host.postgres().collected().stream()
        .flatMap(List::stream)
        .filter(server -> server.server().container().filter(in -> is(in, container)).isPresent())
        .findFirst();
  }

  private static boolean is(InContainer in, Container container) {
    return in.engine().equals(container.engine()) && in.name().equals(container.name());
  }

  /// Where not all servers of the host have answered.
  private static boolean mayBeOne(HostEvidence host, Container container) {
    boolean all =
        host.postgres() instanceof Evidence.Collected<List<PostgresSettings>>
            && host.postgresLeftOut().isEmpty();
    return !all && POSTGRES.matcher(container.image().shortName()).matches();
  }

  private static Remedy remedy(HostEvidence host, Container container) {
    return new Remedy(
        "Give the container a larger /dev/shm, such as 256 MB (%s), and make it anew; until then, SET max_parallel_workers_per_gather = 0 keeps queries from failing."
            .formatted(
                container
                    .compose()
                    .map(compose ->
                        "shm_size: 256mb in %s, service %s"
                            .formatted(compose.file(), compose.service()))
                    .orElse(
                        "shm_size: 256mb in a Compose file, --shm-size=256m with %s run"
                            .formatted(container.engine()))),
        "",
        List.of(
            "%s exec %s df -h /dev/shm   # on %s"
                .formatted(
                    container.engine(),
                    ContainerName.word(container.name()),
                    Quoted.comment(host.name().value()))));
  }
}
