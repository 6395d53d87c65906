package dev.earshot.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Decides which ports a frame leaves by, from the addresses that it saw frames come from. Ports
/// are numbered from 0. The table is bounded: addresses beyond its size are not learned, and what
/// goes to them is flooded.
final class LearningSwitch {
  static final int MAX_ADDRESSES = 1024;

  private final int ports;
  private final Map<Long, Integer> portByAddress = new HashMap<>();

  LearningSwitch(int ports) {
    this.ports = ports;
  }

  /// The ports to send a frame to that came in at a port: one, or all others when its receiver is a
  /// group or not known yet, or none when it is too short or its receiver is where it came from.
  int[] forward(int from, byte[] frame) {
    if (frame.length < Frame.HEADER_BYTES) {
      return new int[0];
    }
    learn(Frame.source(frame), from);
    int known = portByAddress.getOrDefault(Frame.destination(frame), -1);
    if (known == from) {
      return new int[0];
    }
    return known >= 0
        ? new int[] {known}
        : IntStream.range(0, ports).filter(port -> port != from).toArray();
  }

  private void learn(long source, int port) {
    boolean room = portByAddress.size() < MAX_ADDRESSES || portByAddress.containsKey(source);
    if (room && !Frame.isGroup(source)) {
      portByAddress.put(source, port);
    }
  }
}
