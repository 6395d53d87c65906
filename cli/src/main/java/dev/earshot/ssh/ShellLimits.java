package dev.earshot.ssh;

import java.time.Duration;

/// The most that a host may take of the audit's time and memory.
///
/// @param connect from the name lookup until the host has let the user in
/// @param overall from the beginning until the program has ended, connecting included
/// @param outputBytes how much the program may print on its standard output
public record ShellLimits(Duration connect, Duration overall, long outputBytes) {
  public static final ShellLimits DEFAULT =
      new ShellLimits(Duration.ofSeconds(10), Duration.ofMinutes(2), 64L << 20);

  public ShellLimits {
    if (!connect.isPositive() || !overall.isPositive()) {
      throw new IllegalArgumentException(
          "deadlines must be positive: connect %s, overall %s".formatted(connect, overall));
    }
    if (outputBytes <= 0) {
      throw new IllegalArgumentException("outputBytes must be positive: " + outputBytes);
    }
  }
}
