package dev.earshot.ssh;

/// A password or passphrase. Its text form doesn't show it.
public record Secret(String text) {

  @Override
  public String toString() {
    return "Secret[]";
  }
}
