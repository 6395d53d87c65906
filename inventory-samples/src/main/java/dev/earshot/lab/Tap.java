package dev.earshot.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One TAP device: a network interface whose other end is this program. It lives as long as this
/// program has it open, whichever network namespace the interface is moved to.
final class Tap {
  /// The kernel cuts longer packets and computes checksums before it hands frames over, as no
  /// offload is asked for; so a frame is an MTU of 1500, two addresses, a type and a VLAN tag at
  /// most.
  static final int MAX_FRAME_BYTES = 1500 + 14 + 4;

  private static final int MAX_NAME_LENGTH = 15;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TAP = 0x0002;
  private static final short IFF_NO_PI = 0x1000;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS_OFFSET = 16;

  private final Linux linux;
  private final int fd;
  private final MemorySegment buffer = Arena.global().allocate(MAX_FRAME_BYTES);

  private Tap(Linux linux, int fd) {
    this.linux = linux;
    this.fd = fd;
  }

  /// Makes the device, which must not be there yet.
  ///
  /// @throws IOException when `/dev/net/tun` is missing or refuses, as it does without root
  static Tap create(Linux linux, String name) throws IOException {
    if (name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "interface name " + name + " is longer than " + MAX_NAME_LENGTH + " characters");
    }
    try (Arena arena = Arena.ofConfined()) {
      int fd =
          (int)
              linux
                  .open(
                      arena.allocateFrom("/dev/net/tun"),
                      Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC)
                  .orThrow("opening /dev/net/tun");
      MemorySegment ifreq = arena.allocate(IFREQ_BYTES);
      ifreq.setString(0, name, StandardCharsets.US_ASCII);
      ifreq.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS_OFFSET, (short) (IFF_TAP | IFF_NO_PI));
      linux.ioctl(fd, TUNSETIFF, ifreq).orThrow("making TAP device " + name);
      return new Tap(linux, fd);
    }
  }

  int fd() {
    return fd;
  }

  /// The next frame that the interface sent, or empty when there is none now.
  Optional<byte[]> read() throws IOException {
    Linux.Result result = linux.read(fd, buffer);
    if (result.failed() && (result.errno() == Linux.EAGAIN || result.errno() == Linux.EINTR)) {
      return Optional.empty();
    }
    int length = (int) result.orThrow("reading from a TAP device");
    return Optional.of(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  /// Gives the interface a frame to receive.
  ///
  /// @return whether it took it; an interface that is down does not
  boolean write(byte[] frame) {
    MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
    return !linux.write(fd, buffer, frame.length).failed();
  }
}
