package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One block device's counters since boot, from `/proc/diskstats`.
///
/// @param flushes requests to make earlier writes durable (Linux 5.5 and later, whole disks only,
///   else 0)
/// @param flushTime time those took, summed
/// @param busyTime time in which at least one request was under way
public record Disk(
    String name,
    long writes,
    Duration writeTime,
    long flushes,
    Duration flushTime,
    Duration busyTime) {

  public static final Probe<Sampled.Sample<List<Disk>>> PROBE =
      SampledProbe.of(
          "machine.disks",
          "How busy the disks are and how long they take to make a write durable: bounds what a commit costs.",
          "cat /proc/diskstats",
          Disk::parse);

  private static final int NAME = 2;
  private static final int WRITES = 7;
  private static final int WRITE_TIME = 10;
  private static final int BUSY_TIME = 12;
  private static final int FLUSHES = 18;
  private static final int FLUSH_TIME = 19;

  static List<Disk> parse(String output) {
    List<Disk> disks = new ArrayList<>();
    for (String line : output.lines().toList()) {
      List<String> columns = Text.words(line);
      if (columns.size() > BUSY_TIME && isDisk(columns.get(NAME))) {
        disks.add(
            new Disk(
                columns.get(NAME),
                Long.parseLong(columns.get(WRITES)),
                Duration.ofMillis(Long.parseLong(columns.get(WRITE_TIME))),
                columns.size() > FLUSH_TIME ? Long.parseLong(columns.get(FLUSHES)) : 0,
                Duration.ofMillis(
                    columns.size() > FLUSH_TIME ? Long.parseLong(columns.get(FLUSH_TIME)) : 0),
                Duration.ofMillis(Long.parseLong(columns.get(BUSY_TIME)))));
      }
    }
    return List.copyOf(disks);
  }

  private static boolean isDisk(String name) {
    return !name.startsWith("loop") && !name.startsWith("ram") && !name.startsWith("zram");
  }
}
