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
import dev.earshot.evidence.ContainerImage;
import dev.earshot.evidence.Containers;
import dev.earshot.evidence.HostEvidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A tag that moves makes the next `pull` an upgrade that nobody decided on, and a development
/// build may change the database's schema in a way that no release can read: one did in the
/// incident.
///
/// Hosts whose groups say that they are no production are left alone.
public final class ImageTagCheck implements Check {

  private static final Set<String> NOT_PRODUCTION =
      Set.of("dev", "development", "test", "testing", "stage", "staging", "lab", "sandbox");

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "container.image-tag",
        "Containers in production run released versions",
        Severity.HIGH,
        """
        A tag such as latest names another image tomorrow, and one such as dev was never released: \
        what runs is then decided by the moment of the last pull, and there is no way back.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of(
            "containers.list",
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "containers.sockets",
            "haproxy.stats",
            "postgres.settings",
            "postgres.activity"),
        List.of(
            new Card.Threshold(
                "a development build: high; a version before its release, a tag that names whatever is newest, or one tag with several digests among backends: medium; no version: low",
                "our own choice, by what the next pull may change")),
        """
        # on the host: an image without a version behind the colon, or with latest or dev there, moves
        docker ps --format '{{.Names}}: {{.Image}}'
        # which version it is by its own label
        docker inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' CONTAINER\
        """,
        "Find out which release runs, name that release in the Compose file, and upgrade by changing it there. Going back from a development build may need the backup from before.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    ImageDigests digests = ImageDigests.of(fleet, host -> elsewhere(host).isEmpty());
    return ContainerHosts.judge(
        info(), fleet, (host, containers) -> judge(digests, host, containers));
  }

  /// The group that says that it is no production.
  private static Optional<String> elsewhere(HostEvidence host) {
    return host.host().groups().stream()
        .filter(group -> NOT_PRODUCTION.contains(group.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private List<Finding> judge(ImageDigests digests, HostEvidence host, Containers containers) {
    List<Container> up = containers.up();
    if (up.isEmpty()) {
      return List.of(nothingToJudge(host, "no container runs"));
    }
    return elsewhere(host)
        .map(group -> List.of(nothingToJudge(host, "no production, by its group " + group)))
        .orElseGet(() -> up.stream().map(container -> judge(digests, host, container)).toList());
  }

  private Finding nothingToJudge(HostEvidence host, String because) {
    return Finding.of(
        info(),
        Subject.host(host.name()),
        new Verdict.NotApplicable("%s: %s".formatted(host.name(), because)));
  }

  private Finding judge(ImageDigests digests, HostEvidence host, Container container) {
    ContainerImage image = container.image();
    String what =
        "%s: container %s runs %s%s"
            .formatted(
                host.name(),
                container.name(),
                image.reference(),
                container.version().map(version -> " (labelled " + version + ")").orElse(""));
    Optional<String> contradiction = digests.contradiction(host, container);
    if (contradiction.isPresent()) {
      what += ", " + contradiction.get();
    }
    boolean pinned = image.isPinned();
    return switch (image.promise()) {
      case RELEASE ->
          contradiction.isPresent()
              ? fail(host, container, Severity.MEDIUM, what + ": not the same version")
              : pass(host, container, what + ", a version");
      case CUSTOM ->
          contradiction.isPresent()
              ? fail(host, container, Severity.MEDIUM, what + ": not the same build")
              : pass(
                  host,
                  container,
                  what
                      + (image.isOfNoRegistry()
                          ? ", which was built on this host or loaded into it: the engine knows no registry that has it"
                          : ", whose tag is no version but looks like one build's"));
      case DIGEST ->
          container.version().isPresent()
              ? pass(host, container, what + ", by digest")
              : fail(
                  host,
                  container,
                  Severity.LOW,
                  what + ": a digest, which does not say what version it is");
      case PRERELEASE ->
          fail(host, container, Severity.MEDIUM, what + ", a version before its release");
      case DEVELOPMENT -> fail(host, container, Severity.HIGH, what + ", a development build");
      case FLOATING ->
          pinned
              ? pass(host, container, what + ", by digest")
              : fail(
                  host,
                  container,
                  Severity.MEDIUM,
                  what + ", a tag that names whatever is newest; wanted is a version");
    };
  }

  private Finding pass(HostEvidence host, Container container, String because) {
    return Finding.of(info(), ContainerHosts.subject(host, container), new Verdict.Pass(because));
  }

  private Finding fail(HostEvidence host, Container container, Severity severity, String because) {
    return Finding.of(
            info(), ContainerHosts.subject(host, container), new Verdict.Fail(severity, because))
        .with(remedy(host, container));
  }

  private static Remedy remedy(HostEvidence host, Container container) {
    String digest =
        container.image().digest().map(found -> " Its digest is " + found + ".").orElse("");
    return new Remedy(
        "Name a released version in the %s%s, after comparing it with what runs: going back may need a restored backup.%s"
            .formatted(
                container.compose().isPresent()
                    ? "Compose file"
                    : "place that starts the container",
                container
                    .compose()
                    .map(
                        compose -> " (%s, service %s)".formatted(compose.file(), compose.service()))
                    .orElse(""),
                digest),
        "",
        List.of(
            "%s inspect --format '{{.Config.Image}} {{.Image}} {{.Created}}' %s   # on %s"
                .formatted(
                    container.engine(),
                    ContainerName.word(container.name()),
                    Quoted.comment(host.name().value()))));
  }
}
