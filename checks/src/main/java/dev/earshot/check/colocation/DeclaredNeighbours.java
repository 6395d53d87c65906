package dev.earshot.check.colocation;

import dev.earshot.check.Severity;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Place;
import dev.earshot.topology.Distance;
import dev.earshot.topology.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What round trips say about the places that hosts are declared to be at: neighbours by
/// declaration must be neighbours by round trip, and no others.
final class DeclaredNeighbours {

  /// Hosts this near each other share a rack or a datacenter as a rule; it is 50 km at most.
  static final Duration ONE_ROOM = Duration.ofNanos(500_000);

  private static final int MOST_NAMES = 5;

  /// One that is declared to be somewhere.
  private record Declared(HostName host, Place place, Locality locality) {

    static Declared of(HostEvidence host, Place place) {
      return new Declared(host.name(), place, Locality.of(host, place));
    }

    @Override
    public String toString() {
      return "%s is declared to be in %s".formatted(host, place);
    }
  }

  /// @param rtt the shortest round trip that anybody saw
  private record Neighbour(Declared declared, Duration rtt) {

    HostName host() {
      return declared.host();
    }

    Locality locality() {
      return declared.locality();
    }
  }

  private final Topology topology;
  private final Map<HostName, Declared> all = new LinkedHashMap<>();
  private final Set<HostName> onPath;

  DeclaredNeighbours(FleetEvidence fleet, Topology topology) {
    this.topology = topology;
    for (HostEvidence host : fleet.hosts()) {
      host.host().declared().ifPresent(place -> all.put(host.name(), Declared.of(host, place)));
    }
    onPath =
        topology.paths().stream()
            .flatMap(path -> path.hosts().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Where hosts that should be together fall apart, those in the smaller part are in the wrong; so
  /// are those who stand with more hosts of other places than of their own.
  ///
  /// @param place where the host is declared to be
  /// @param confirmed whether its firmware agrees on the provider
  Verdict judge(HostEvidence host, Place place, boolean confirmed) {
    Declared own = Declared.of(host, place);
    List<Neighbour> measured = measured(host.name());
    List<Neighbour> alike =
        measured.stream().filter(other -> own.locality().isLike(other.locality())).toList();
    List<Neighbour> far =
        alike.stream().filter(other -> other.rtt().compareTo(Distance.SAME_SITE) > 0).toList();
    if (far.size() * 2 > alike.size()) {
      return tooFar(own, far);
    }
    List<Neighbour> strangers =
        measured.stream()
            .filter(other -> other.rtt().compareTo(ONE_ROOM) <= 0)
            .filter(other -> own.locality().isFarFrom(other.locality()))
            .toList();
    if (strangers.size() > alike.size() - far.size()) {
      return tooNear(own, strangers);
    }
    return alike.isEmpty()
        ? alone(own, confirmed)
        : new Verdict.Pass(
            "%s; round trips to %d of %d other hosts there agree"
                .formatted(own, alike.size() - far.size(), alike.size()));
  }

  private List<Neighbour> measured(HostName host) {
    return topology.rtts().neighbours(host).stream()
        .sorted()
        .flatMap(other -> Optional.ofNullable(all.get(other)).stream())
        .flatMap(other ->
            topology.rtts().shortest(host, other.host()).stream()
                .map(rtt -> new Neighbour(other, rtt)))
        .toList();
  }

  /// A misplaced host that no request passes costs nothing until work moves there. People call much
  /// a region that has several datacenters.
  private Verdict tooFar(Declared own, List<Neighbour> far) {
    boolean oneZone = far.stream().anyMatch(other -> own.locality().isOfOneZone(other.locality()));
    Severity onWay = oneZone ? Severity.HIGH : Severity.MEDIUM;
    Severity aside = oneZone ? Severity.MEDIUM : Severity.LOW;
    Neighbour first = far.getFirst();
    return new Verdict.Fail(
        onPath.contains(own.host()) ? onWay : aside,
        "%s, like %s, but %s is %s away, up to %d km; %s"
            .formatted(
                own,
                names(far),
                first.host(),
                Millis.format(first.rtt()),
                Distance.atMostKilometres(first.rtt()),
                (oneZone
                        ? "within a zone it is %s at most"
                        : "a region's datacenters are seldom more than %s apart, and where they are, earshot_zone should tell which it is")
                    .formatted(Millis.format(Distance.SAME_SITE))));
  }

  /// Two sites of a town, between which people replicate synchronously, are as near.
  private static Verdict tooNear(Declared own, List<Neighbour> strangers) {
    Neighbour first = strangers.getFirst();
    boolean ofProviders =
        strangers.stream().anyMatch(other -> own.locality().isOfProviders(other.locality()));
    return new Verdict.Fail(
        ofProviders ? Severity.MEDIUM : Severity.LOW,
        "%s, but %s, declared to be in %s, is %s away, %d km at most%s: they may share a datacenter, and then what happens to one happens to the other"
            .formatted(
                own,
                first.host(),
                first.declared().place(),
                Millis.format(first.rtt()),
                Distance.atMostKilometres(first.rtt()),
                strangers.size() == 1
                    ? ""
                    : ", and as near " + names(strangers.subList(1, strangers.size()))));
  }

  private Verdict alone(Declared own, boolean confirmed) {
    boolean severalSites = own.locality().isOfSeveralSites();
    if (confirmed) {
      return new Verdict.Pass(
          "%s; its firmware agrees on the provider, and %s"
              .formatted(
                  own,
                  severalSites
                      ? severalSites()
                      : "no round trip to another host there was measured"));
    }
    if (topology.site(own.host()).isPresent()) {
      if (severalSites) {
        return new Verdict.NotApplicable("%s; %s".formatted(own, severalSites()));
      }
      if (all.values().stream()
          .noneMatch(other ->
              !other.host().equals(own.host()) && own.locality().isLike(other.locality()))) {
        return new Verdict.NotApplicable(
            "%s, where no other host is; only one of another region within %s could contradict it, and none does"
                .formatted(own, Millis.format(ONE_ROOM)));
      }
    }
    return new Verdict.Unknown(
        "%s; no round trip to another host there was measured".formatted(own));
  }

  private static String severalSites() {
    return "that is several sites, of which only earshot_zone tells one";
  }

  private static String names(List<Neighbour> hosts) {
    String first =
        String.join(
            ", ", hosts.stream().limit(MOST_NAMES).map(other -> other.host().value()).toList());
    return hosts.size() <= MOST_NAMES
        ? first
        : "%s and %d more".formatted(first, hosts.size() - MOST_NAMES);
  }
}
