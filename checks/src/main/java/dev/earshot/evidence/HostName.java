package dev.earshot.evidence;

/// A host's name in the inventory: any non-empty text, so never to be trusted in a path or a shell.
public record HostName(String value) implements Comparable<HostName> {

  public HostName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a host name is empty");
    }
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
