package dev.earshot.lab;

import java.util.Optional;
import java.util.PriorityQueue;

/// Holds frames until they are due. Frames with the same delay leave in the order in which they
/// came; a line that is full refuses more, as a link with a full buffer does. Times are those of
/// [System#nanoTime()], given by the caller.
final class DelayLine {
  private final int capacity;
  private final PriorityQueue<Held> frames = new PriorityQueue<>();
  private long sequence;

  DelayLine(int capacity) {
    this.capacity = capacity;
  }

  /// A frame on its way to a port.
  @SuppressWarnings("ArrayRecordComponent") // held, never compared by content
  record Held(long dueNanos, long sequence, int port, byte[] frame) implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byDue = Long.signum(dueNanos - other.dueNanos);
      return byDue != 0 ? byDue : Long.compare(sequence, other.sequence);
    }
  }

  /// Keeps a frame until its time.
  ///
  /// @return whether there was room
  boolean hold(byte[] frame, int port, long dueNanos) {
    return frames.size() < capacity && frames.add(new Held(dueNanos, sequence++, port, frame));
  }

  /// Takes out the next frame that is due.
  Optional<Held> release(long nowNanos) {
    Held next = frames.peek();
    return next == null || next.dueNanos - nowNanos > 0
        ? Optional.empty()
        : Optional.ofNullable(frames.poll());
  }

  /// How long until the next frame is due, at most `atMost`.
  long nanosToNext(long nowNanos, long atMost) {
    Held next = frames.peek();
    return next == null ? atMost : Math.clamp(next.dueNanos - nowNanos, 0, atMost);
  }
}
