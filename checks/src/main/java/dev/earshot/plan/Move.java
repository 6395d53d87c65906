package dev.earshot.plan;

import dev.earshot.evidence.HostName;

/// The work of one host goes to another.
///
/// @param from the host that does the work before
/// @param to the host that does it afterwards
public record Move(HostName from, HostName to) {

  public Move {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a move to the same host: " + from);
    }
  }

  /// Where a host's work is afterwards.
  public HostName after(HostName host) {
    return host.equals(from) ? to : host;
  }

  /// `backend1 → backend2`
  @Override
  public String toString() {
    return from + " → " + to;
  }
}
