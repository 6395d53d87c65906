package dev.earshot.ssh;

import java.time.Duration;

/// When one attempt at a host came how far. Written by SSHD's threads, read when it has come all
/// the way.
final class Milestones {

  private final long began = System.nanoTime();
  private volatile long connected = began;
  private volatile long keyed = began;
  private volatile long authenticated = began;

  void connected() {
    connected = System.nanoTime();
  }

  /// Only the first time counts: keys are exchanged anew later, as servers want.
  void keyed() {
    if (keyed == began) {
      keyed = System.nanoTime();
    }
  }

  void authenticated() {
    authenticated = System.nanoTime();
  }

  /// Until there was a connection, the way through jump hosts included.
  Duration connect() {
    return Duration.ofNanos(connected - began);
  }

  /// From there until both sides had a key, the server's greeting included.
  Duration keyExchange() {
    return Duration.ofNanos(keyed - connected);
  }

  /// From there until the user was let in.
  Duration authentication() {
    return Duration.ofNanos(authenticated - keyed);
  }
}
