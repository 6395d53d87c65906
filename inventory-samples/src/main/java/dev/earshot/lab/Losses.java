package dev.earshot.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Which frames get lost on the wire. A file says so, which is read again when it has changed:
/// lines `FROM TO PERCENT`, one way each. Without it nothing is lost.
final class Losses {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  private final Path file;
  private final List<Port> ports;
  private final RandomGenerator random;
  private Map<List<String>, Integer> percents = Map.of();
  private long lookedNanos;

  Losses(Path file, List<Port> ports, RandomGenerator random, long nowNanos) {
    this.file = file;
    this.ports = List.copyOf(ports);
    this.random = random;
    this.lookedNanos = nowNanos - LOOK_EVERY_NANOS;
  }

  /// Whether the next frame from one port to another, by their places in the list, gets lost.
  boolean loses(int from, int to, long nowNanos) throws IOException {
    if (nowNanos - lookedNanos >= LOOK_EVERY_NANOS) {
      lookedNanos = nowNanos;
      percents = read();
    }
    int percent =
        percents.isEmpty()
            ? 0
            : percents.getOrDefault(List.of(ports.get(from).host(), ports.get(to).host()), 0);
    return percent > 0 && random.nextInt(100) < percent;
  }

  private Map<List<String>, Integer> read() throws IOException {
    Map<List<String>, Integer> found = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.strip().split(" +", -1);
        if (words.length == 3) {
          found.put(List.of(words[0], words[1]), Integer.valueOf(words[2]));
        }
      }
    }
    return found;
  }
}
