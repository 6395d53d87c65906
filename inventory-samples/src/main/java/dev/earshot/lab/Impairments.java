package dev.earshot.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What is wrong with the wire. A file says so, which is read again when it has changed: lines
/// `lose FROM TO PERCENT` of the frames and `delay FROM TO MILLISECONDS` more than the wire takes
/// anyway, one way each. Without it nothing is wrong.
final class Impairments {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(500).toNanos();
  private static final String LOSE = "lose";
  private static final String DELAY = "delay";

  private final Path file;
  private final List<Port> ports;
  private final RandomGenerator random;
  private Map<List<String>, Integer> found = Map.of();
  private long lookedNanos;

  Impairments(Path file, List<Port> ports, RandomGenerator random, long nowNanos) {
    this.file = file;
    this.ports = List.copyOf(ports);
    this.random = random;
    this.lookedNanos = nowNanos - LOOK_EVERY_NANOS;
  }

  /// Whether the next frame from one port to another, by their places in the list, gets lost.
  boolean loses(int from, int to, long nowNanos) throws IOException {
    int percent = amount(LOSE, from, to, nowNanos);
    return percent > 0 && random.nextInt(100) < percent;
  }

  /// How much longer it takes, in nanoseconds.
  long delayNanos(int from, int to, long nowNanos) throws IOException {
    return Duration.ofMillis(amount(DELAY, from, to, nowNanos)).toNanos();
  }

  private int amount(String what, int from, int to, long nowNanos) throws IOException {
    if (nowNanos - lookedNanos >= LOOK_EVERY_NANOS) {
      lookedNanos = nowNanos;
      found = read();
    }
    return found.isEmpty()
        ? 0
        : found.getOrDefault(List.of(what, ports.get(from).host(), ports.get(to).host()), 0);
  }

  private Map<List<String>, Integer> read() throws IOException {
    Map<List<String>, Integer> read = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.strip().split(" +", -1);
        if (words.length == 4) {
          read.put(List.of(words[0], words[1], words[2]), Integer.valueOf(words[3]));
        }
      }
    }
    return read;
  }
}
