package dev.earshot.lab;

/// Reads the two addresses at the start of an Ethernet frame, as 48-bit numbers.
final class Frame {
  static final int HEADER_BYTES = 14;

  private static final int SOURCE_OFFSET = 6;
  private static final long GROUP_BIT = 0x0100_0000_0000L;

  private Frame() {}

  static long destination(byte[] frame) {
    return address(frame, 0);
  }

  static long source(byte[] frame) {
    return address(frame, SOURCE_OFFSET);
  }

  /// Whether the address means several receivers: broadcast or multicast.
  static boolean isGroup(long address) {
    return (address & GROUP_BIT) != 0;
  }

  private static long address(byte[] frame, int offset) {
    long address = 0;
    for (int i = 0; i < 6; i++) {
      address = address << 8 | (frame[offset + i] & 0xff);
    }
    return address;
  }
}
