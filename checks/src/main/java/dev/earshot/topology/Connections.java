package dev.earshot.topology;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Sampled.Change;
import dev.earshot.evidence.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Sums the sockets of one host.
final class Connections {

  private Connections() {}

  /// What crossed the chosen sockets in the window; nothing where none of them lived through it.
  ///
  /// @param serving the host is the server on these sockets: what it receives are the requests
  static Optional<Traffic> traffic(
      Evidence<Change<List<Socket>>> sockets, Predicate<Socket> chosen, boolean serving) {
    return sockets.collected().flatMap(change -> traffic(change, chosen, serving));
  }

  private static Optional<Traffic> traffic(
      Change<List<Socket>> change, Predicate<Socket> chosen, boolean serving) {
    Map<Socket.Id, Socket> before =
        change.before().stream()
            .collect(Collectors.toMap(Socket::id, Function.identity(), (first, _) -> first));
    return change.after().stream()
        .filter(chosen)
        .filter(after -> before.containsKey(after.id()))
        .map(after -> one(change.window(), before.getOrDefault(after.id(), after), after, serving))
        .filter(traffic -> traffic.requests() >= 0 && traffic.answers() >= 0)
        .reduce(Traffic::plus);
  }

  private static Traffic one(Duration window, Socket before, Socket after, boolean serving) {
    long out = after.dataSegmentsOut() - before.dataSegmentsOut();
    long in = after.dataSegmentsIn() - before.dataSegmentsIn();
    return new Traffic(
        window,
        serving ? in : out,
        serving ? out : in,
        Math.max(0, after.retransmitted() - before.retransmitted()),
        serving ? before.sinceLastReceived() : before.sinceLastSent(),
        serving ? after.sinceLastReceived() : after.sinceLastSent());
  }
}
