package dev.earshot.check;

import dev.earshot.evidence.HostName;
import java.util.List;
import java.util.Optional;

/// What a finding is about.
public sealed interface Subject {

  /// One host, or one thing on it.
  ///
  /// @param detail names the thing: a role, a mount point
  record OfHost(HostName host, Optional<String> detail) implements Subject {}

  /// Two hosts, in the direction in which one asks the other.
  ///
  /// @param detail names one of several things between them: a port
  record OfPair(HostName from, HostName to, Optional<String> detail) implements Subject {
    public OfPair(HostName from, HostName to) {
      this(from, to, Optional.empty());
    }
  }

  /// A request's way through several hosts.
  record OfPath(List<HostName> hosts) implements Subject {
    public OfPath {
      hosts = List.copyOf(hosts);
    }
  }

  /// All hosts together.
  record OfFleet() implements Subject {}

  /// Something that the admin wrote down, rather than a host.
  ///
  /// @param name tells it from the others; never changes for the same entry
  record OfEntry(String name, Origin origin) implements Subject {}

  static Subject host(HostName host) {
    return new OfHost(host, Optional.empty());
  }

  /// The hosts concerned; the one to change first comes first.
  default List<HostName> hosts() {
    return switch (this) {
      case OfHost(HostName host, _) -> List.of(host);
      case OfPair(HostName from, HostName to, _) -> List.of(from, to);
      case OfPath(List<HostName> hosts) -> hosts;
      case OfFleet() -> List.of();
      case OfEntry _ -> List.of();
    };
  }

  /// `backend1 → db1`, as people read it.
  default String label() {
    return switch (this) {
      case OfHost(HostName host, Optional<String> detail) ->
          host + detail.map(more -> " " + more).orElse("");
      case OfPair(HostName from, HostName to, Optional<String> detail) ->
          from + " → " + to + detail.map(more -> " " + more).orElse("");
      case OfPath(List<HostName> hosts) ->
          String.join(" → ", hosts.stream().map(HostName::value).toList());
      case OfFleet() -> "all hosts";
      case OfEntry(String name, _) -> name;
    };
  }

  /// `backend1/db1`: part of a finding's key, so it never changes for the same subject.
  default String key() {
    return switch (this) {
      case OfHost(HostName host, Optional<String> detail) ->
          host + detail.map(more -> "/" + more).orElse("");
      case OfPair(HostName from, HostName to, Optional<String> detail) ->
          from + "/" + to + detail.map(more -> "/" + more).orElse("");
      case OfPath(List<HostName> hosts) ->
          String.join("/", hosts.stream().map(HostName::value).toList());
      case OfFleet() -> "fleet";
      case OfEntry(String name, _) -> name;
    };
  }
}
