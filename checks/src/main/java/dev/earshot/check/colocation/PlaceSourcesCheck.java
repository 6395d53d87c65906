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
import java.util.Optional;

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

  /// What a source tells of a place.
  private enum Field {
    REGION("region", Severity.HIGH),
    ZONE("zone", Severity.MEDIUM),
    /// Which some declare for their zone, since it is the same in all accounts.
    ZONE_ID("zone", Severity.MEDIUM);

    private final String label;
    private final Severity severity;

    Field(String label, Severity severity) {
      this.label = label;
      this.severity = severity;
    }

    Optional<String> of(Place place) {
      return switch (this) {
        case REGION -> place.region();
        case ZONE -> place.zone();
        case ZONE_ID -> place.zoneId();
      };
    }
  }

  /// Hetzner's customers call a region what is its zone, so that regions are held against zones,
  /// too.
  private static Optional<Verdict> contradiction(
      Topology topology, HostEvidence host, Place a, Place b) {
    boolean regionsDiffer = PlaceNames.differ(a.region(), b.region());
    if (contradict(a, Field.REGION, b, Field.REGION)) {
      return Optional.of(different(topology, host, a, Field.REGION, b, Field.REGION));
    }
    if ((regionsDiffer || b.region().isEmpty()) && contradict(a, Field.REGION, b, Field.ZONE)) {
      return Optional.of(different(topology, host, a, Field.REGION, b, Field.ZONE));
    }
    if (contradict(a, Field.ZONE, b, Field.ZONE)) {
      return Optional.of(different(topology, host, a, Field.ZONE, b, Field.ZONE));
    }
    if (a.zone().filter(PlaceNames::isZoneId).isPresent()
        && contradict(a, Field.ZONE, b, Field.ZONE_ID)) {
      return Optional.of(different(topology, host, a, Field.ZONE, b, Field.ZONE_ID));
    }
    boolean zoneAgrees = b.zone().isPresent() && !PlaceNames.differ(a.region(), b.zone());
    return regionsDiffer && !zoneAgrees
        ? Optional.of(
            new Verdict.Fail(
                Severity.INFO,
                sides(host, a, Field.REGION, b, Field.REGION)
                    + "; if both mean the same place, write the provider's name"))
        : Optional.empty();
  }

  private static boolean contradict(Place a, Field of, Place b, Field against) {
    Optional<String> one = of.of(a);
    Optional<String> other = against.of(b);
    return PlaceNames.differ(one, other)
        && (of.label.equals(against.label)
            ? PlaceNames.similar(one, other)
            : PlaceNames.nameSites(one, other));
  }

  private static Verdict different(
      Topology topology, HostEvidence host, Place a, Field of, Place b, Field against) {
    return new Verdict.Fail(
        of.severity,
        sides(host, a, of, b, against)
            + distance(topology, host, of, of.of(a).orElse(""))
            + distance(topology, host, against, against.of(b).orElse("")));
  }

  private static String sides(HostEvidence host, Place a, Field of, Place b, Field against) {
    return "%s: %s says %s %s, %s says %s%s"
        .formatted(
            host.name(),
            a.source().label(),
            of.label,
            of.of(a).orElse(""),
            b.source().label(),
            of.label.equals(against.label) ? "" : against.label + " ",
            against.of(b).orElse(""));
  }

  /// `; db1, of eu-west-1, is 25.3 ms away, 2530 km at most`
  private static String distance(Topology topology, HostEvidence host, Field field, String name) {
    for (HostEvidence other : topology.fleet().hosts()) {
      Optional<Duration> rtt =
          other.name().equals(host.name())
              ? Optional.empty()
              : topology.rtts().shortest(host.name(), other.name());
      boolean there =
          !other.places().isEmpty()
              && other.places().stream()
                  .map(field::of)
                  .flatMap(Optional::stream)
                  .allMatch(place -> place.equalsIgnoreCase(name))
              && host.places().stream()
                  .noneMatch(own ->
                      field == Field.ZONE
                          && other.places().stream().anyMatch(own::namesZonesUnlike))
              && other.places().stream().anyMatch(place -> field.of(place).isPresent());
      if (there && rtt.isPresent()) {
        return "; %s, of %s, is %s away, %d km at most"
            .formatted(
                other.name(), name, Millis.format(rtt.get()), Distance.atMostKilometres(rtt.get()));
      }
    }
    return "";
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
