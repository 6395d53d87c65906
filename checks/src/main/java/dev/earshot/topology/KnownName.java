package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A name that clients know the service by, as its running backends or the inventory tell.
///
/// @param host the first one that tells it
/// @param byService the service itself says that this is its name; in an inventory, a domain may
///   mean something else
public record KnownName(HostName host, String name, boolean byService) {

  /// The most that DNS is asked for.
  private static final int MOST = 16;

  /// Each name once, in the order of the hosts. A host for which the inventory says that there is
  /// none has none.
  public static List<KnownName> of(FleetEvidence fleet) {
    Map<String, KnownName> known = new LinkedHashMap<>();
    fleet.hosts().stream()
        .filter(host -> host.unreachable().isEmpty())
        .flatMap(KnownName::of)
        .forEach(each -> known.merge(each.name(), each, KnownName::both));
    return known.values().stream().limit(MOST).toList();
  }

  private static Stream<KnownName> of(HostEvidence host) {
    Optional<String> declared = host.host().serviceName();
    if (declared.filter(String::isBlank).isPresent()) {
      return Stream.empty();
    }
    return Stream.concat(
        host.lemmy().collected().stream()
            .flatMap(List::stream)
            .map(LemmyNode::domain)
            .flatMap(domain -> name(host, domain, true)),
        name(host, declared, false));
  }

  private static Stream<KnownName> name(
      HostEvidence host, Optional<String> text, boolean byService) {
    return text
        .flatMap(ServiceName::spelling)
        .map(name -> new KnownName(host.name(), name, byService))
        .stream();
  }

  private static KnownName both(KnownName first, KnownName other) {
    return new KnownName(first.host(), first.name(), first.byService() || other.byService());
  }
}
