package dev.earshot.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long a host took to connect elsewhere for us.
public sealed interface Forwarding {

  /// Where to connect to, as the host is to understand it.
  record Service(String address, int port) {}

  /// What came of it at one service.
  ///
  /// @param opened how long each connection took to be open, as seen from here
  /// @param refusal a sentence that says why not all were opened, without control characters
  /// @param closed the host tried, and the service or something on the way refused or did not
  ///   answer
  record Times(Service service, List<Duration> opened, Optional<String> refusal, boolean closed) {
    public Times {
      opened = List.copyOf(opened);
    }
  }

  /// The host let us in.
  ///
  /// @param own round trips of the connection to the host itself
  record Timed(List<Duration> own, List<Times> services) implements Forwarding {
    public Timed {
      own = List.copyOf(own);
      services = List.copyOf(services);
    }
  }

  /// It did not, or answered nothing.
  record Unreachable(String reason) implements Forwarding {}
}
