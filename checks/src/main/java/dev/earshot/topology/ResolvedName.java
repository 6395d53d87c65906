package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.ServiceName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a public name of the service leads.
///
/// @param teller the host whose evidence has the name
/// @param owners whose each address is; nothing where no host of the audit has it
public record ResolvedName(
    HostName teller, ServiceName answer, Map<Address, Optional<HostName>> owners) {

  private static final int MOST_TOLD = 8;

  static List<ResolvedName> of(Topology topology) {
    return topology.fleet().hosts().stream()
        .flatMap(host ->
            host.names().collected().orElse(List.of()).stream()
                .map(answer -> of(host.name(), answer, topology.book())))
        .toList();
  }

  private static ResolvedName of(HostName teller, ServiceName answer, AddressBook book) {
    Map<Address, Optional<HostName>> owners = new LinkedHashMap<>();
    for (Address address : answer.addresses()) {
      owners.put(address, address.isLoopback() ? Optional.empty() : book.owner(address, teller));
    }
    return new ResolvedName(teller, answer, owners);
  }

  public String name() {
    return answer.name();
  }

  /// The hosts of the audit that it leads to.
  public List<HostName> hosts() {
    return owners.values().stream().flatMap(Optional::stream).distinct().toList();
  }

  /// The addresses through which it leads to a host.
  public List<Address> addressesOf(HostName host) {
    return owners.entrySet().stream()
        .filter(owner -> owner.getValue().filter(host::equals).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Addresses that no host of the audit has, though others of their family lead to one.
  public List<Address> strangers() {
    return owners.keySet().stream()
        .filter(address -> owner(address).isEmpty())
        .filter(address ->
            owners.keySet().stream()
                .anyMatch(other -> owner(other).isPresent() && isOfOneFamily(address, other)))
        .toList();
  }

  /// `lemmy.example.org resolves to 10.77.0.11 (lb1) and 192.0.2.9; time to live 300 s`
  public String told() {
    List<String> addresses =
        owners.entrySet().stream()
            .limit(MOST_TOLD)
            .map(owner ->
                owner.getKey() + owner.getValue().map(host -> " (" + host + ")").orElse(""))
            .collect(Collectors.toList());
    if (owners.size() > MOST_TOLD) {
      addresses.add((owners.size() - MOST_TOLD) + " more");
    }
    return "%s resolves to %s; time to live %s"
        .formatted(name(), String.join(", ", addresses), lifeTold());
  }

  /// `300 s, as ns1.example.org says`
  public String lifeTold() {
    long seconds = answer.timeToLive().map(Duration::toSeconds).orElse(0L);
    return answer
        .nameServer()
        .map(server -> "%d s, as %s says".formatted(seconds, server))
        .orElseGet(() -> "%d s or more, of which a resolver had so much left".formatted(seconds));
  }

  private Optional<HostName> owner(Address address) {
    return owners.getOrDefault(address, Optional.empty());
  }

  private static boolean isOfOneFamily(Address one, Address other) {
    return one.value().contains(":") == other.value().contains(":");
  }
}
