package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.Addresses;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.TunnelRtt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which host of the audit an address belongs to.
///
/// Addresses that several hosts carry (a container bridge's, say) tell nothing and are left out;
/// those of a host's containers are known to the host itself.
public final class AddressBook {

  private final Map<Address, HostName> owners = new HashMap<>();
  private final Map<HostName, Set<Address>> ofContainers = new HashMap<>();

  public AddressBook(FleetEvidence fleet) {
    Set<Address> shared = new HashSet<>();
    for (HostEvidence host : fleet.hosts()) {
      ofContainers.put(host.name(), ofContainers(host));
      for (Address address : addresses(host)) {
        HostName other = owners.putIfAbsent(address, host.name());
        if (other != null && !other.equals(host.name())) {
          shared.add(address);
        }
      }
    }
    owners.keySet().removeAll(shared);
  }

  /// The owner of the far end of one of `near`'s connections.
  public Optional<HostName> owner(Address address, HostName near) {
    return address.isLoopback() || ofContainers.getOrDefault(near, Set.of()).contains(address)
        ? Optional.of(near)
        : Optional.ofNullable(owners.get(address));
  }

  /// Whose service a host's SSH server connected to. Whoever had it do so, for a part of an audit,
  /// may have known the address alone.
  public HostName server(TunnelRtt tunnel, HostName near) {
    return tunnel.peer().value().equals(tunnel.address().value())
        ? owner(tunnel.address(), near).orElse(tunnel.peer())
        : tunnel.peer();
  }

  private static Set<Address> ofContainers(HostEvidence host) {
    return host.containerSockets().latest().collected().stream()
        .flatMap(sockets -> sockets.namespaces().stream())
        .flatMap(namespace -> namespace.addresses().stream())
        .collect(Collectors.toSet());
  }

  private static Set<Address> addresses(HostEvidence host) {
    Set<Address> all =
        new HashSet<>(host.addresses().collected().map(Addresses::all).orElse(Set.of()));
    Address reached = Address.of(host.host().address());
    if (!reached.isLoopback()) {
      all.add(reached);
    }
    return all;
  }
}
