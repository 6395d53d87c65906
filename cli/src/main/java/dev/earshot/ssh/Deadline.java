package dev.earshot.ssh;

import java.time.Duration;

/// A moment until which something must be done.
record Deadline(Duration allowed, long nanoTime) {
  static Deadline in(Duration allowed) {
    return new Deadline(allowed, System.nanoTime() + allowed.toNanos());
  }

  /// The earlier one of this and `allowed` from now.
  Deadline orIn(Duration allowed) {
    return allowed.compareTo(remaining()) < 0 ? in(allowed) : this;
  }

  /// What is left; at least a millisecond, because nothing means for ever to many.
  Duration remaining() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }

  boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
