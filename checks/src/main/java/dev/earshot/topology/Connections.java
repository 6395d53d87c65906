package dev.earshot.topology;

import dev.earshot.evidence.Sampled;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What crossed a host's connections within the window.
final class Connections {

  private final boolean serving;
  private final Optional<Duration> window;
  private final Map<Socket.Id, Socket> before;

  /// @param serving the host is the server on the connections: what it receives are the requests
  Connections(Sampled<List<Socket>> sockets, boolean serving) {
    var change = sockets.change().collected();
    this.serving = serving;
    this.window = change.map(Sampled.Change::window);
    this.before =
        change.map(Sampled.Change::before).orElse(List.of()).stream()
            .collect(Collectors.toMap(Socket::id, Function.identity(), (first, _) -> first));
  }

  /// The sum over some of the connections that the end of the window found open; nothing where none
  /// of them was open at its start.
  Optional<Traffic> traffic(Collection<Socket> after) {
    return after.stream().flatMap(this::one).reduce(Traffic::plus);
  }

  /// Counters that ran backwards belong to two connections between the same ports.
  private Stream<Traffic> one(Socket after) {
    return Optional.ofNullable(before.get(after.id())).stream()
        .flatMap(start -> window.stream().map(time -> traffic(time, start, after)))
        .filter(traffic -> traffic.requests() >= 0 && traffic.answers() >= 0);
  }

  private Traffic traffic(Duration time, Socket start, Socket end) {
    long out = end.dataSegmentsOut() - start.dataSegmentsOut();
    long in = end.dataSegmentsIn() - start.dataSegmentsIn();
    return new Traffic(
        time,
        serving ? in : out,
        serving ? out : in,
        out,
        Math.max(0, end.retransmitted() - start.retransmitted()),
        serving ? start.sinceLastReceived() : start.sinceLastSent(),
        serving ? end.sinceLastReceived() : end.sinceLastSent());
  }
}
