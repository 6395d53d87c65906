package dev.earshot.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;

/// Waits for frames on several TAP devices, to the microsecond.
final class Poller {
  private static final short POLLIN = 1;
  private static final long POLLFD_BYTES = 8;
  private static final long REVENTS_OFFSET = 6;
  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final Linux linux;
  private final int count;
  private final MemorySegment pollFds;
  private final MemorySegment timespec = Arena.global().allocate(16, 8);

  Poller(Linux linux, List<Tap> taps) {
    this.linux = linux;
    this.count = taps.size();
    this.pollFds = Arena.global().allocate(POLLFD_BYTES * count, 4);
    for (int i = 0; i < count; i++) {
      pollFds.set(ValueLayout.JAVA_INT, POLLFD_BYTES * i, taps.get(i).fd());
      pollFds.set(ValueLayout.JAVA_SHORT, POLLFD_BYTES * i + 4, POLLIN);
    }
  }

  /// Comes back when a device has a frame or the time is over, whichever is first.
  void await(Duration atMost) throws IOException {
    timespec.set(ValueLayout.JAVA_LONG, 0, atMost.toNanos() / NANOS_PER_SECOND);
    timespec.set(ValueLayout.JAVA_LONG, 8, atMost.toNanos() % NANOS_PER_SECOND);
    Linux.Result result = linux.ppoll(pollFds, count, timespec);
    if (result.failed() && result.errno() != Linux.EINTR) {
      result.orThrow("waiting for frames");
    }
  }

  /// Whether the device at this place in the list had a frame when [#await] came back.
  boolean ready(int tap) {
    return (pollFds.get(ValueLayout.JAVA_SHORT, POLLFD_BYTES * tap + REVENTS_OFFSET) & POLLIN) != 0;
  }
}
