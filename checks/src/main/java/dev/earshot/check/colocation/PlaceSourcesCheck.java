package dev.earshot.check.colocation;

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
import dev.earshot.evidence.CloudInit;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Metadata;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Place;
import dev.earshot.evidence.Place.Source;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Whom to believe about where a host is. The provider's metadata service knows; cloud-init knew
/// when the machine booted first; an inventory is as old as its last edit.
///
/// Names that people chose are held against a provider's only where they look like one of its
/// names: `frankfurt` may well be what they call `eu-central-1`.
public final class PlaceSourcesCheck implements Check {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
            "colocation.place-sources",
            "Inventory, cloud-init and metadata service name the same region",
            Severity.HIGH,
            """
            Where two sources name different regions for one host, somebody plans with the wrong one. \
            The provider's own word settles it, and round trips bound how far off the other can be.\
            """,
            card())
        .about(InventoryHost.Topic.PLACE);
  }

  private static Card card() {
    return new Card(
        List.of(
            "place.cloud-init",
            "place.metadata",
            "network.addresses",
            "network.pings",
            "network.tunnels"),
        List.of(),
        """
        # on the host: what cloud-init noted when it booted first
        cloud-init query cloud_name region availability_zone
        # and what the provider says now (Hetzner's address; others have their own)
        curl -s http://169.254.169.254/hetzner/v1/metadata/availability-zone\
        """,
        "Believe the provider's metadata service, and write what it says into the inventory's earshot_region and earshot_zone. An image or snapshot that brought another cloud-init's notes along needs `cloud-init clean` before its next copy.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return fleet.hosts().stream()
        .map(host -> Finding.of(info(), Subject.host(host.name()), verdict(fleet.topology(), host)))
        .map(finding -> finding.failed() ? finding.with(remedy(finding.subject())) : finding)
        .toList();
  }

  private static Verdict verdict(Topology topology, HostEvidence host) {
    Optional<String> silence = host.recording().silence();
    if (silence.isPresent()) {
      return new Verdict.Unknown("%s: %s".formatted(host.name(), silence.get()));
    }
    List<Place> places =
        host.places().stream().filter(place -> place.source() != Source.DMI).toList();
    for (int later = places.size() - 1; later > 0; later--) {
      for (int earlier = 0; earlier < later; earlier++) {
        Optional<Verdict> contradiction =
            contradiction(topology, host, places.get(earlier), places.get(later));
        if (contradiction.isPresent()) {
          return contradiction.get();
        }
      }
    }
    List<String> gaps = new ArrayList<>();
    gap("cloud-init", host.cloudInit()).ifPresent(gaps::add);
    gap("metadata service", host.metadata()).ifPresent(gaps::add);
    if (!gaps.isEmpty()) {
      return new Verdict.Unknown(host.name() + ": " + String.join("; ", gaps));
    }
    return places.size() < 2
        ? new Verdict.NotApplicable(
            "%s: %s"
                .formatted(
                    host.name(),
                    places.isEmpty()
                        ? "neither inventory nor cloud-init nor a metadata service names a place"
                        : "only %s names a place, %s"
                            .formatted(places.getFirst().source().label(), places.getFirst())))
        : new Verdict.Pass(
            "%s: %s; the same region is not yet the same datacenter, round trips decide that"
                .formatted(host.name(), said(places)));
  }

  private static String said(List<Place> places) {
    return String.join(
        ", ", places.stream().map(place -> place.source().label() + " says " + place).toList());
  }

  private static Optional<Verdict> contradiction(
      Topology topology, HostEvidence host, Place a, Place b) {
    if (differ(a.region(), b.region())) {
      return Optional.of(different(topology, host, a, b, Place::region, "region"));
    }
    if (differ(a.zone(), b.zone()) && similar(a.zone(), b.zone())) {
      return Optional.of(different(topology, host, a, b, Place::zone, "zone"));
    }
    return Optional.empty();
  }

  private static Verdict different(
      Topology topology,
      HostEvidence host,
      Place a,
      Place b,
      Function<Place, Optional<String>> field,
      String what) {
    String one = field.apply(a).orElse("");
    String other = field.apply(b).orElse("");
    String sides =
        "%s: %s says %s %s, %s says %s"
            .formatted(host.name(), a.source().label(), what, one, b.source().label(), other);
    if (!similar(field.apply(a), field.apply(b))) {
      return new Verdict.Fail(
          Severity.INFO, sides + "; if both mean the same place, write the provider's name");
    }
    return new Verdict.Fail(
        what.equals("region") ? Severity.HIGH : Severity.MEDIUM,
        sides + distance(topology, host, field, one) + distance(topology, host, field, other));
  }

  /// `; db1, of eu-west-1, is 25.3 ms away, 2530 km at most`
  private static String distance(
      Topology topology, HostEvidence host, Function<Place, Optional<String>> field, String name) {
    for (HostEvidence other : topology.fleet().hosts()) {
      Optional<Duration> rtt =
          other.name().equals(host.name())
              ? Optional.empty()
              : topology.rtts().shortest(host.name(), other.name());
      boolean there =
          !other.places().isEmpty()
              && other.places().stream()
                  .map(field)
                  .flatMap(Optional::stream)
                  .allMatch(place -> place.equalsIgnoreCase(name))
              && other.places().stream().anyMatch(place -> field.apply(place).isPresent());
      if (there && rtt.isPresent()) {
        return "; %s, of %s, is %s away, %d km at most"
            .formatted(
                other.name(), name, Millis.format(rtt.get()), Distance.atMostKilometres(rtt.get()));
      }
    }
    return "";
  }

  private static boolean differ(Optional<String> a, Optional<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    String one = plain(a.get());
    String other = plain(b.get());
    return !one.contains(other) && !other.contains(one);
  }

  /// `eu-west-1` and `us-east-2`, `fsn1-dc14` and `hel1-dc2`: as many parts, digits in the same.
  private static boolean similar(Optional<String> a, Optional<String> b) {
    return shape(a.orElse("")).equals(shape(b.orElse("")));
  }

  private static String shape(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[a-z]+", "a").replaceAll("[0-9]+", "0");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static Optional<String> gap(String what, Evidence<?> evidence) {
    return switch (evidence) {
      case Evidence.Uncollected<?>(String reason) -> Optional.of(what + ": " + reason);
      case Evidence.Collected<?> _, Evidence.Absent<?> _ -> Optional.empty();
    };
  }

  private static Remedy remedy(Subject subject) {
    String host = subject.hosts().getFirst().value();
    return new Remedy(
        "Ask the provider's console where the host runs, and write that into the inventory (earshot_region, earshot_zone).",
        """
        - name: Show where this host was when it booted first
          hosts: %s
          gather_facts: false
          tasks:
            - name: Ask cloud-init
              ansible.builtin.command:
                argv: [cloud-init, query, v1]
              register: earshot_place
              changed_when: false
              failed_when: false
            - name: Compare it with the inventory
              ansible.builtin.debug:
                var: earshot_place.stdout_lines
        """
            .formatted(Quoted.yaml(host)),
        List.of(
            "cloud-init query v1.region   # on " + Quoted.comment(host),
            "earshot probes   # %s and %s show what is asked"
                .formatted(CloudInit.PROBE.id(), Metadata.PROBE.id())));
  }
}
