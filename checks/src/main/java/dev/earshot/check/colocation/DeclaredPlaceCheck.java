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
import dev.earshot.evidence.Dmi;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Place;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// People plan by what the inventory says. Where round trips or the firmware contradict it, plans
/// go wrong: two hosts declared to share a region can't be tens of milliseconds apart.
public final class DeclaredPlaceCheck implements Check {

  private static final int MOST_NAMES = 5;
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.of(
          "aws", List.of("amazon"),
          "gcp", List.of("google", "gce"),
          "azure", List.of("microsoft"),
          "oracle", List.of("oci"),
          "linode", List.of("akamai"),
          "alibaba", List.of("aliyun"),
          "scaleway", List.of("online"));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
            "colocation.declared-place",
            "What the inventory declares, the machines say and round trips show agree",
            Severity.HIGH,
            """
            Everybody plans by the place that the inventory declares. A host that stands elsewhere is \
            slow for reasons that nobody looks for.\
            """,
            card())
        .about(InventoryHost.Topic.PLACE);
  }

  private static Card card() {
    return new Card(
        List.of(
            "machine.dmi",
            "network.addresses",
            "network.listeners",
            "network.sockets",
            "network.pings",
            "network.tunnels"),
        List.of(
            new Card.Threshold(
                "above %s between most hosts of one declared region: high on a request's path, else medium"
                    .formatted(Millis.format(Distance.SAME_SITE)),
                "hosts of one datacenter are less than 1 to 2 ms apart; light covers 100 km of fibre and back in 1 ms")),
        """
        # on the host: whose machine it is, by its firmware
        cat /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name
        # and how far a host of the same declared region is
        ping -c 10 OTHER_HOST\
        """,
        "Find out from the provider's console where the host runs, then correct the inventory's earshot_provider, earshot_region and earshot_zone, or move the host.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Set<HostName> onPath =
        fleet.topology().paths().stream()
            .flatMap(path -> path.hosts().stream())
            .collect(Collectors.toSet());
    Map<Region, Set<HostName>> regions =
        fleet.hosts().stream()
            .filter(host -> host.host().declared().isPresent())
            .collect(
                Collectors.groupingBy(
                    host -> Region.of(host.host().declared().orElseThrow()),
                    Collectors.mapping(HostEvidence::name, Collectors.toSet())));
    return fleet.hosts().stream()
        .map(host ->
            Finding.of(
                info(),
                Subject.host(host.name()),
                verdict(fleet.topology(), onPath, regions, host)))
        .map(finding -> finding.failed() ? finding.with(remedy(finding.subject())) : finding)
        .toList();
  }

  /// What hosts have in common that have to be near each other.
  private record Region(Optional<String> provider, Optional<String> region, Optional<String> zone) {

    /// Zones count where no region is declared.
    static Region of(Place place) {
      return new Region(
          place.provider(),
          place.region(),
          place.region().isPresent() ? Optional.empty() : place.zone());
    }

    boolean isKnown() {
      return region.isPresent() || zone.isPresent();
    }
  }

  private static Verdict verdict(
      Topology topology,
      Set<HostName> onPath,
      Map<Region, Set<HostName>> regions,
      HostEvidence host) {
    Optional<String> silence = host.recording().silence();
    if (silence.isPresent()) {
      return new Verdict.Unknown("%s: %s".formatted(host.name(), silence.get()));
    }
    Optional<Place> declared = host.host().declared();
    if (declared.isEmpty()) {
      return notDeclared(topology, host);
    }
    Optional<String> firmware = host.dmi().collected().flatMap(Dmi::provider);
    Optional<String> provider = declared.get().provider();
    if (firmware.isPresent() && provider.isPresent() && !same(firmware.get(), provider.get())) {
      return new Verdict.Fail(
          Severity.HIGH,
          "%s is declared to be at %s; its firmware says %s"
              .formatted(host.name(), provider.get(), firmware.get()));
    }
    boolean confirmed = firmware.isPresent() && provider.isPresent();
    Region region = Region.of(declared.get());
    Set<HostName> alike =
        region.isKnown() ? regions.getOrDefault(region, Set.of()) : Set.of(host.name());
    return byRoundTrips(topology, onPath, host, declared.get(), confirmed, alike);
  }

  private static Verdict notDeclared(Topology topology, HostEvidence host) {
    return topology.site(host.name()).isEmpty() && host.dmi().collected().isEmpty()
        ? new Verdict.Unknown(
            "%s: neither the inventory nor the host nor a round trip tells where it is"
                .formatted(host.name()))
        : new Verdict.NotApplicable(
            "%s: the inventory declares no place (variables earshot_provider, earshot_region, earshot_zone)"
                .formatted(host.name()));
  }

  /// The host's neighbours by declaration must be its neighbours by round trip. Where they fall
  /// apart, those in the smaller part are in the wrong. A misplaced host that no request passes
  /// costs nothing until work moves there.
  ///
  /// @param alike the hosts that are declared to be there, this one among them
  private static Verdict byRoundTrips(
      Topology topology,
      Set<HostName> onPath,
      HostEvidence host,
      Place declared,
      boolean confirmed,
      Set<HostName> alike) {
    Map<HostName, Duration> neighbours = new LinkedHashMap<>();
    topology.rtts().neighbours(host.name()).stream()
        .filter(alike::contains)
        .sorted()
        .forEach(other ->
            topology
                .rtts()
                .shortest(host.name(), other)
                .ifPresent(rtt -> neighbours.put(other, rtt)));
    if (neighbours.isEmpty()) {
      return alone(topology, host, declared, confirmed, alike.size() == 1);
    }
    List<Map.Entry<HostName, Duration>> far =
        neighbours.entrySet().stream()
            .filter(other -> other.getValue().compareTo(Distance.SAME_SITE) > 0)
            .toList();
    if (far.size() * 2 > neighbours.size()) {
      HostName other = far.getFirst().getKey();
      Duration rtt = far.getFirst().getValue();
      return new Verdict.Fail(
          onPath.contains(host.name()) ? Severity.HIGH : Severity.MEDIUM,
          "%s is declared to be in %s, like %s, but %s is %s away, up to %d km; within a region it is %s at most"
              .formatted(
                  host.name(),
                  declared,
                  names(far.stream().map(Map.Entry::getKey).toList()),
                  other,
                  Millis.format(rtt),
                  Distance.atMostKilometres(rtt),
                  Millis.format(Distance.SAME_SITE)));
    }
    return new Verdict.Pass(
        "%s is declared to be in %s; round trips to %d of %d other hosts there agree"
            .formatted(host.name(), declared, neighbours.size() - far.size(), neighbours.size()));
  }

  private static String names(List<HostName> hosts) {
    String first =
        String.join(", ", hosts.stream().limit(MOST_NAMES).map(HostName::value).toList());
    return hosts.size() <= MOST_NAMES
        ? first
        : "%s and %d more".formatted(first, hosts.size() - MOST_NAMES);
  }

  private static Verdict alone(
      Topology topology, HostEvidence host, Place declared, boolean confirmed, boolean onlyOne) {
    if (confirmed) {
      return new Verdict.Pass(
          "%s is declared to be in %s; its firmware agrees on the provider, and no round trip to another host there was measured"
              .formatted(host.name(), declared));
    }
    return onlyOne && topology.site(host.name()).isPresent()
        ? new Verdict.NotApplicable(
            "%s is declared to be in %s, where no other host is, so no round trip can contradict it"
                .formatted(host.name(), declared))
        : new Verdict.Unknown(
            "%s is declared to be in %s; no round trip to another host there was measured"
                .formatted(host.name(), declared));
  }

  /// People write `AWS`, `Amazon` or `aws-prod`.
  private static boolean same(String firmware, String declared) {
    String letters = declared.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return Stream.concat(
            Stream.of(firmware), OTHER_NAMES.getOrDefault(firmware, List.of()).stream())
        .anyMatch(letters::contains);
  }

  private static Remedy remedy(Subject subject) {
    HostName host = subject.hosts().getFirst();
    return new Remedy(
        "Find out where %s really runs (the provider's console, its invoice, traceroute) and correct the inventory, or move the host."
            .formatted(host),
        """
        - name: Show where this host says it is
          hosts: %s
          gather_facts: false
          tasks:
            - name: Read the firmware's words
              ansible.builtin.command:
                argv: [head, /sys/class/dmi/id/sys_vendor, /sys/class/dmi/id/product_name]
              register: earshot_dmi
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Compare them with the inventory
              ansible.builtin.debug:
                var: earshot_dmi.stdout_lines
        """
            .formatted(Quoted.yaml(host.value())),
        List.of(
            "cat /sys/class/dmi/id/sys_vendor   # on %s".formatted(Quoted.comment(host.value())),
            "earshot audit -i INVENTORY   # the matrix shows who is far from whom"));
  }
}
