package dev.earshot.topology;

import dev.earshot.evidence.Address;
import dev.earshot.evidence.HostName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Measured round trips from one host to another, by one method.
///
/// @param sent echo requests, or segments with payload within the window
/// @param received answers, segments that were not sent again, or connections that were opened
/// @param rtts sorted; for [Method#KERNEL] one smoothed value a connection, for [Method#TUNNEL]
///   none: of those only the shortest counts
/// @param min shortest round trip, nothing where none came back
/// @param over the address that was really asked
public record Link(
    HostName from,
    HostName to,
    Method method,
    long sent,
    long received,
    Optional<Duration> min,
    List<Duration> rtts,
    Optional<Address> over) {

  /// How round trips are measured; results of different methods are never mixed.
  public enum Method {
    /// Echo requests from the host.
    ICMP,
    /// The kernel's own figures for the connections that are there.
    KERNEL,
    /// Connections that the host's SSH server made for us, less the SSH connection's own round
    /// trip.
    TUNNEL
  }

  public Link {
    rtts = rtts.stream().sorted().toList();
  }

  public Optional<Duration> median() {
    return Quantiles.median(rtts);
  }

  /// Nearest rank: one of the measured values.
  public Optional<Duration> percentile(double ratio) {
    return Quantiles.percentile(rtts, ratio);
  }

  public Optional<Duration> max() {
    return rtts.isEmpty() ? Optional.empty() : Optional.of(rtts.getLast());
  }

  public double lossRatio() {
    return sent == 0 ? 0 : (double) (sent - received) / sent;
  }

  /// The peer, or something on the way, drops every echo request; that says nothing about the peer.
  public boolean isFiltered() {
    return method == Method.ICMP && received == 0;
  }
}
