package dev.earshot.plan;

import dev.earshot.evidence.HostName;
import dev.earshot.topology.Link;
import dev.earshot.topology.RttMatrix;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// What a round trip between two hosts takes, and how that is known.
///
/// @param method as a phrase: `ICMP median of 10`
public record MeasuredRtt(Duration value, String method) {

  static final MeasuredRtt SAME_HOST = new MeasuredRtt(Duration.ZERO, "the same host");

  /// In this direction, or where nobody could ask, in the other; the echo requests' median, else
  /// the kernel's minimum, else the shortest through a tunnel.
  static Optional<MeasuredRtt> between(RttMatrix matrix, HostName from, HostName to) {
    return from.equals(to)
        ? Optional.of(SAME_HOST)
        : oneWay(matrix, from, to, "").or(() -> oneWay(matrix, to, from, ", asked from " + to));
  }

  private static Optional<MeasuredRtt> oneWay(
      RttMatrix matrix, HostName from, HostName to, String whence) {
    return matrix
        .icmp(from, to)
        .flatMap(link ->
            link.median()
                .map(median ->
                    new MeasuredRtt(
                        median, "ICMP median of %d%s".formatted(link.received(), whence))))
        .or(() ->
            matrix
                .between(from, to)
                .filter(link -> link.method() == Link.Method.KERNEL)
                .flatMap(link -> link.min().stream())
                .min(Comparator.naturalOrder())
                .map(min -> new MeasuredRtt(min, "the kernel's minimum" + whence)))
        .or(() ->
            matrix
                .between(from, to)
                .filter(link -> link.method() == Link.Method.TUNNEL)
                .flatMap(link -> link.min().stream())
                .min(Comparator.naturalOrder())
                .map(min -> new MeasuredRtt(min, "connections through its sshd" + whence)));
  }
}
