package dev.earshot.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A moment until which something must be done, not counting the time in which a person is asked.
final class Deadline {
  private final Duration allowed;
  private final long end;
  private final Clock clock;

  private Deadline(Duration allowed, Clock clock) {
    this.allowed = allowed;
    this.end = clock.nanoTime() + allowed.toNanos();
    this.clock = clock;
  }

  static Deadline in(Duration allowed) {
    return new Deadline(allowed, new Clock());
  }

  /// The earlier one of this and `allowed` from now.
  Deadline orIn(Duration allowed) {
    return allowed.compareTo(remaining()) < 0 ? new Deadline(allowed, clock) : this;
  }

  Duration allowed() {
    return allowed;
  }

  /// What is left; at least a millisecond, because nothing means for ever to many.
  Duration remaining() {
    return Duration.ofNanos(Math.max(1_000_000, end - clock.nanoTime()));
  }

  boolean passed() {
    return end - clock.nanoTime() <= 0;
  }

  /// Whether a person was or is being asked.
  boolean wasPaused() {
    return clock.wasPaused();
  }

  /// Stops this deadline, those it was made from, and those made from it, until the pause is
  /// closed.
  Pause pause() {
    clock.ask();
    return clock::go;
  }

  /// Stops them all without a person's being asked, who would answer for the next time too.
  Pause standStill() {
    clock.stop();
    return clock::go;
  }

  /// Stops them all whenever the other one stands still, until the pause is closed.
  Pause follow(Deadline other) {
    other.clock.add(clock);
    return () -> other.clock.remove(clock);
  }

  /// The time in which a person is asked.
  @FunctionalInterface
  interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Clock {
    private long stoodStill;
    private long stoppedAt;
    private int pauses;
    private boolean paused;
    private final List<Clock> followers = new ArrayList<>();

    synchronized long nanoTime() {
      return (pauses > 0 ? stoppedAt : System.nanoTime()) - stoodStill;
    }

    synchronized boolean wasPaused() {
      return paused;
    }

    synchronized void ask() {
      paused = true;
      stop();
    }

    synchronized void stop() {
      if (pauses++ == 0) {
        stoppedAt = System.nanoTime();
        followers.forEach(Clock::stop);
      }
    }

    synchronized void go() {
      if (--pauses == 0) {
        stoodStill += System.nanoTime() - stoppedAt;
        followers.forEach(Clock::go);
      }
    }

    synchronized void add(Clock follower) {
      followers.add(follower);
      if (pauses > 0) {
        follower.stop();
      }
    }

    synchronized void remove(Clock follower) {
      followers.remove(follower);
      if (pauses > 0) {
        follower.go();
      }
    }
  }
}
