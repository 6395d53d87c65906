package dev.earshot.check.lemmy;

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
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.LemmyNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An image's tag says what was wanted, the backend itself what runs. Where they differ, the next
/// restart is an upgrade or a downgrade that nobody has planned.
public final class VersionCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
            "lemmy.version",
            "Inventory, image, label and running backends agree on one release of Lemmy",
            Severity.HIGH,
            """
            A backend that is not what its image's tag says changes its version at the next restart; \
            backends of several versions, or one built between releases, share a database that only \
            one of them fits.\
            """,
            card())
        .about(InventoryHost.Topic.LEMMY_VERSION);
  }

  private static Card card() {
    return new Card(
        List.of("lemmy.nodeinfo", "containers.list"),
        List.of(),
        """
        # on the backend's host: which version runs
        curl -s http://127.0.0.1:8536/nodeinfo/2.1
        # which one the image's tag promises
        docker ps --format '{{.Names}}: {{.Image}}'\
        """,
        "Decide on one release, name it in the inventory's lemmy_version or the Compose file, and deploy it to all backends. Look at lemmy.schema first where that is an older one.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Optional<String> elsewhere =
        fleet.hosts().stream()
            .flatMap(host -> LemmyFleet.nodes(host).stream())
            .map(LemmyNode::version)
            .findFirst();
    return LemmyFleet.judgeBackends(
        info(), fleet, (host, nodes) -> List.of(judge(host, nodes, elsewhere.orElse(""))));
  }

  private Finding judge(HostEvidence host, List<LemmyNode> nodes, String elsewhere) {
    List<String> versions = nodes.stream().map(LemmyNode::version).distinct().toList();
    List<String> wrong = new ArrayList<>();
    if (versions.size() > 1 || !versions.contains(elsewhere)) {
      wrong.add(
          "backends differ: %s here, %s elsewhere"
              .formatted(String.join(" and ", versions), elsewhere));
    }
    for (String version : versions) {
      Optional<Release> release = Release.of(version);
      if (release.isEmpty()) {
        wrong.add("\"%s\" is no release's name".formatted(version));
      } else if (!release.get().exact()) {
        wrong.add(version + " is a build before or between releases");
      }
      LemmyFleet.containers(host).forEach(container -> compare(container, version, wrong));
      compareInventory(host, version, wrong);
    }
    List<String> sources = new ArrayList<>(List.of("running " + String.join(", ", versions)));
    LemmyFleet.containers(host)
        .forEach(container ->
            sources.add(
                "image %s%s"
                    .formatted(
                        container.image().reference(),
                        container.version().map(label -> " labelled " + label).orElse(""))));
    host.host().lemmyVersion().ifPresent(wanted -> sources.add("the inventory says " + wanted));
    String because = "%s: %s".formatted(host.name(), String.join(", ", sources));
    Subject subject = Subject.host(host.name());
    return wrong.isEmpty()
        ? Finding.of(info(), subject, new Verdict.Pass(because))
        : Finding.of(
                info(),
                subject,
                new Verdict.Fail(Severity.HIGH, because + ": " + String.join("; ", wrong)))
            .with(remedy(host, nodes));
  }

  /// A tag that names no version has nothing to disagree with; that it does not is told elsewhere.
  private static void compare(Container container, String version, List<String> wrong) {
    Optional<Release> running = Release.of(version);
    container
        .image()
        .tag()
        .flatMap(Release::of)
        .filter(tag -> running.filter(tag::isSameAs).isEmpty())
        .ifPresent(_ ->
            wrong.add(
                "container %s runs %s, its tag says %s"
                    .formatted(container.name(), version, container.image().tag().orElse(""))));
    container
        .version()
        .flatMap(Release::of)
        .filter(label -> running.filter(label::isSameAs).isEmpty())
        .ifPresent(_ ->
            wrong.add(
                "container %s runs %s, its image's label says %s"
                    .formatted(container.name(), version, container.version().orElse(""))));
  }

  /// The inventory names a version, or an image with its tag; one that cannot be read as a release
  /// (a branch, a tag that moves) says nothing of the version.
  private static void compareInventory(HostEvidence host, String version, List<String> wrong) {
    Optional<Release> running = Release.of(version);
    host.host()
        .lemmyVersion()
        .flatMap(VersionCheck::wanted)
        .filter(wanted -> running.filter(wanted::isSameAs).isEmpty())
        .ifPresent(_ ->
            wrong.add(
                "%s runs, the inventory says %s"
                    .formatted(version, host.host().lemmyVersion().orElse(""))));
  }

  private static Optional<Release> wanted(String text) {
    return text.contains(":")
        ? new ContainerImage(text, Optional.empty(), Optional.empty()).tag().flatMap(Release::of)
        : Release.of(text);
  }

  private static Remedy remedy(HostEvidence host, List<LemmyNode> nodes) {
    return new Remedy(
        "Decide on one release, name it in the inventory's lemmy_version or the Compose file, and deploy; look at lemmy.schema first where that is an older one.",
        "",
        nodes.stream()
            .limit(3)
            .map(node ->
                "curl -s http://%s/nodeinfo/2.1   # on %s"
                    .formatted(node.at(), Quoted.comment(host.name().value())))
            .toList());
  }
}
