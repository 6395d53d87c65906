package dev.earshot.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How a backend goes about a request, beyond asking its database.
///
/// @param pool connections to the database
/// @param compute processor time that a request takes
/// @param pause time that a request waits for something that is neither processor nor database
record Habits(int pool, Duration compute, Duration pause) {
  private static final Set<String> NAMES = Set.of("pool", "compute", "pause");

  /// Reads `pool=1 compute=0 pause=0`, times in milliseconds; these are what is not said otherwise.
  ///
  /// @throws IllegalArgumentException for anything else
  static Habits parse(String... words) {
    Map<String, Integer> said =
        Arrays.stream(words)
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(pair -> known(pair[0]), pair -> Integer.valueOf(pair[1])));
    return new Habits(
        said.getOrDefault("pool", 1),
        Duration.ofMillis(said.getOrDefault("compute", 0)),
        Duration.ofMillis(said.getOrDefault("pause", 0)));
  }

  private static String known(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no habit '" + name + "': there are " + NAMES);
    }
    return name;
  }

  /// What a request does besides asking the database.
  void live() throws InterruptedException {
    long end = System.nanoTime() + compute.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    Thread.sleep(pause);
  }
}
