package dev.earshot.plan;

import dev.earshot.check.Nearness;
import dev.earshot.check.Subject;
import dev.earshot.evidence.HostName;
import java.time.Duration;
import java.util.Optional;

/// One relation that the work takes along: what it asks, or who asks it.
///
/// @param asks the moved host is the client
/// @param peer at the other end
/// @param port of the server, whichever end that is
/// @param nearness that an audit asks for
/// @param before a round trip from where the work is today
/// @param after a round trip from where it would be
/// @param callsPerRequest round trips that one request makes over it, where they were counted
public record Route(
    boolean asks,
    HostName peer,
    int port,
    String service,
    Optional<Nearness> nearness,
    int connections,
    Optional<MeasuredRtt> before,
    Optional<MeasuredRtt> after,
    Optional<Double> callsPerRequest) {

  /// What a finding on it is about, with the hosts that it has after the move.
  Subject subject(Move move) {
    HostName other = move.after(peer);
    Optional<String> service = Optional.of("port " + port);
    return asks
        ? new Subject.OfPair(move.to(), other, service)
        : new Subject.OfPair(other, move.to(), service);
  }

  /// Questions of an application to its database.
  public boolean database() {
    return nearness.filter(Nearness.DATABASE::equals).isPresent();
  }

  /// What a round trip takes longer after the move; negative where it gets shorter.
  public Optional<Duration> difference() {
    return before.flatMap(now -> after.map(then -> then.value().minus(now.value())));
  }
}
