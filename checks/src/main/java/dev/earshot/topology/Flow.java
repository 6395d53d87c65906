package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Rate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An observed relation: this client holds connections to that server's port.
///
/// @param to the server; a host outside the audit bears its address as its name
/// @param over the server's addresses that the connections use; none where only a container behind
///   them shows the connections
/// @param minRtt the kernel's shortest round trip over all connections
/// @param rtts the kernel's smoothed round trips, one a connection that was in use lately
/// @param traffic nothing where no connection outlived the window
public record Flow(
    HostName from,
    HostName to,
    int port,
    String service,
    int connections,
    Set<Address> over,
    Optional<Duration> minRtt,
    List<Duration> rtts,
    Optional<Traffic> traffic) {

  private static final Comparator<Flow> BY_BUSTLE =
      Comparator.comparingDouble(
              (Flow flow) -> flow.roundTripRate().map(Rate::perSecond).orElse(0.0))
          .thenComparingInt(Flow::connections);

  public Flow {
    over = Set.copyOf(over);
    rtts = rtts.stream().sorted().toList();
  }

  /// Where the client reaches the server: an address that its connections use, else the name.
  public String address() {
    return over.stream().findFirst().map(Address::value).orElse(to.value());
  }

  public boolean isDatabase() {
    return Services.isDatabase(service);
  }

  /// Requests of users or of a load balancer, rather than of an administrator.
  public boolean isWeb() {
    return Services.isWeb(service);
  }

  /// Through a pooler, which speaks for a database on another port.
  public boolean isPooled() {
    return service.equals(Services.PGBOUNCER);
  }

  /// To a cache, which requests ask as they ask a database.
  public boolean isCache() {
    return Services.isCache(service);
  }

  /// To pict-rs, where Lemmy keeps its pictures.
  public boolean isPictRs() {
    return service.equals(Services.PICT_RS);
  }

  /// An administrator's session, the audit's own among them: no service waits for it.
  public boolean isAdministration() {
    return isAdministration(service);
  }

  /// The same of a service's name.
  public static boolean isAdministration(String service) {
    return service.equals(Services.SSH);
  }

  public Optional<Rate> roundTripRate() {
    return traffic.map(Traffic::roundTripRate);
  }

  /// Of two flows the one that carries more; of idle ones, the one with more connections.
  static Flow busier(Flow a, Flow b) {
    return BY_BUSTLE.compare(a, b) >= 0 ? a : b;
  }
}
