package dev.earshot.config;

/// The value that counts and who set it.
public record Configured<T>(T value, Origin origin) {

  /// False if the value is Ansible's own.
  public boolean isSet() {
    return origin != Origin.Default.DEFAULT;
  }
}
