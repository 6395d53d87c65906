package dev.earshot.evidence;

import org.jspecify.annotations.Nullable;

/// A host's name in the inventory: any non-empty text, so never to be trusted in a path or a shell.
public record HostName(String value) implements Comparable<HostName> {

  public HostName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a host name is empty");
    }
  }

  /// As a record's own, but without the detour that the quick compiler makes of that: names are the
  /// keys of every look-up.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostName host && value.equals(host.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(HostName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
