package dev.earshot.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a backend goes about a request, beyond asking its database.
///
/// @param pool connections to the database
/// @param compute processor time that a request takes
/// @param pause time that a request waits for something that is neither processor nor database
/// @param version of Lemmy that it says it is, if any
record Habits(int pool, Duration compute, Duration pause, Optional<String> version) {
  private static final Set<String> NAMES = Set.of("pool", "compute", "pause", "version");

  /// Reads `pool=1 compute=0 pause=0`, times in milliseconds; these are what is not said otherwise.
  ///
  /// @throws IllegalArgumentException for anything else
  static Habits parse(String... words) {
    Map<String, String> said =
        Arrays.stream(words)
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(pair -> known(pair[0]), pair -> pair[1]));
    return new Habits(
        Integer.parseInt(said.getOrDefault("pool", "1")),
        Duration.ofMillis(Integer.parseInt(said.getOrDefault("compute", "0"))),
        Duration.ofMillis(Integer.parseInt(said.getOrDefault("pause", "0"))),
        Optional.ofNullable(said.get("version")));
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

  /// What it answers to whoever asks whether it is up: Lemmy's `nodeinfo`, where it says that it is
  /// one.
  String about() {
    return version
            .map(
                "{\"version\":\"2.1\",\"software\":{\"name\":\"lemmy\",\"version\":\"%s\"}}"
                    ::formatted)
            .orElse("up")
        + "\n";
  }
}
