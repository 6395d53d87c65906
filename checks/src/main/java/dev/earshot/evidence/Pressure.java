package dev.earshot.evidence;

import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What work waited for since boot, from `/proc`: ticks, pages, and where the kernel measures it
/// (PSI, Linux 4.20 and later, may be switched off) the time in which tasks stood still.
///
/// @param outOfMemoryKills since boot (Linux 4.13 and later)
/// @param stalledByMemory time in which some task waited for memory
/// @param stalledByDisk time in which some task waited for a disk
public record Pressure(
    long ticks,
    long waitingForDisk,
    long stolen,
    long pagesSwappedIn,
    long pagesSwappedOut,
    Optional<Long> outOfMemoryKills,
    Bytes swap,
    Bytes swapUsed,
    Optional<Duration> stalledByMemory,
    Optional<Duration> stalledByDisk) {

  public static final Probe<Sampled.Sample<Pressure>> PROBE =
      SampledProbe.atOnce(
          "machine.pressure",
          "What work waits for over the window: disks, a hypervisor, memory; and whether the kernel killed for want of it.",
          "grep -sE '^cpu |^pswp|^oom_kill |^Swap(Total|Free):|^some ' /proc/stat /proc/vmstat /proc/meminfo /proc/pressure/memory /proc/pressure/io || true",
          Pressure::parse);

  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  /// The share of the window in which some task stood still, where the kernel measures it.
  ///
  /// @param stalled the time that is meant
  public static Optional<Percent> stalls(
      Change<Pressure> change, Function<Pressure, Optional<Duration>> stalled) {
    return stalled
        .apply(change.before())
        .flatMap(before ->
            stalled
                .apply(change.after())
                .map(after ->
                    Percent.ofRatio(
                        Math.clamp(Millis.ratio(after.minus(before), change.window()), 0, 1))));
  }

  static Pressure parse(String output) {
    Map<String, String> lines = new HashMap<>();
    output
        .lines()
        .filter(line -> line.startsWith("/proc/") && line.indexOf(':') > 0)
        .forEach(line -> {
          String file = line.substring(0, line.indexOf(':'));
          String text = line.substring(line.indexOf(':') + 1);
          lines.putIfAbsent(file + " " + Text.words(text).getFirst(), text);
        });
    var cpu = Text.words(lines.getOrDefault("/proc/stat cpu", ""));
    if (cpu.size() <= IDLE) {
      throw new UnreadableOutput("no processor times in: " + Text.firstLine(output));
    }
    long ticks = 0;
    for (int column = 1; column <= Math.min(STEAL, cpu.size() - 1); column++) {
      ticks += Text.count(cpu.get(column));
    }
    long swap = count(lines, "/proc/meminfo SwapTotal:").orElse(0L);
    long free = count(lines, "/proc/meminfo SwapFree:").orElse(swap);
    return new Pressure(
        ticks,
        cpu.size() > IO_WAIT ? Text.count(cpu.get(IO_WAIT)) : 0,
        cpu.size() > STEAL ? Text.count(cpu.get(STEAL)) : 0,
        count(lines, "/proc/vmstat pswpin").orElse(0L),
        count(lines, "/proc/vmstat pswpout").orElse(0L),
        count(lines, "/proc/vmstat oom_kill"),
        Bytes.ofKiB(swap),
        Bytes.ofKiB(Math.max(0, swap - free)),
        stall(lines, "/proc/pressure/memory some"),
        stall(lines, "/proc/pressure/io some"));
  }

  private static Optional<Long> count(Map<String, String> lines, String key) {
    return Optional.ofNullable(lines.get(key))
        .map(Text::words)
        .filter(words -> words.size() > 1)
        .map(words -> Text.count(words.get(1)));
  }

  /// Of `some avg10=0.00 avg60=0.00 avg300=0.00 total=123`, in microseconds.
  private static Optional<Duration> stall(Map<String, String> lines, String key) {
    return Optional.ofNullable(lines.get(key))
        .map(line -> line.substring(line.lastIndexOf('=') + 1))
        .map(total -> Duration.ofNanos(Text.count(total) * 1000));
  }
}
