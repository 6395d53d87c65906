package dev.earshot.topology;

import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.LemmyNode;
import dev.earshot.evidence.Nginx;
import dev.earshot.evidence.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A name that clients know the service by, as its running backends, the inventory or the web
/// servers before it tell.
///
/// @param host the first one that tells it
/// @param by the best that tells it
public record KnownName(HostName host, String name, Teller by) {

  /// Who tells a name, the one that knows best first.
  public enum Teller {
    /// The service itself says that this is its name.
    SERVICE,
    /// In an inventory, a domain may mean something else.
    INVENTORY,
    /// A web server answers to it, perhaps for another service.
    WEB_SERVER
  }

  /// The most that DNS is asked for.
  private static final int MOST = 16;

  /// Each name once: those of the service and the inventory in the order of the hosts, then those
  /// of web servers. A host for which the inventory says that there is none has none.
  public static List<KnownName> of(FleetEvidence fleet) {
    List<HostEvidence> hosts =
        fleet.hosts().stream()
            .filter(host -> host.unreachable().isEmpty())
            .filter(host -> host.host().serviceName().filter(String::isBlank).isEmpty())
            .toList();
    Map<String, KnownName> known = new LinkedHashMap<>();
    Stream.concat(
            hosts.stream().flatMap(KnownName::meant), hosts.stream().flatMap(KnownName::served))
        .forEach(each -> known.merge(each.name(), each, KnownName::both));
    return known.values().stream().limit(MOST).toList();
  }

  /// The names that a host's web servers answer to.
  public static List<String> servedBy(HostEvidence host) {
    return host.nginx().collected().map(Nginx::names).orElse(List.of());
  }

  private static Stream<KnownName> meant(HostEvidence host) {
    return Stream.concat(
        host.lemmy().collected().stream()
            .flatMap(List::stream)
            .map(LemmyNode::domain)
            .flatMap(domain -> name(host, domain, Teller.SERVICE)),
        name(host, host.host().serviceName(), Teller.INVENTORY));
  }

  private static Stream<KnownName> served(HostEvidence host) {
    return servedBy(host).stream().map(name -> new KnownName(host.name(), name, Teller.WEB_SERVER));
  }

  private static Stream<KnownName> name(HostEvidence host, Optional<String> text, Teller by) {
    return text
        .flatMap(ServiceName::spelling)
        .map(name -> new KnownName(host.name(), name, by))
        .stream();
  }

  private static KnownName both(KnownName first, KnownName other) {
    return first.by().compareTo(other.by()) <= 0
        ? first
        : new KnownName(first.host(), first.name(), other.by());
  }
}
