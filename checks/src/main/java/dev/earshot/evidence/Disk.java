package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;

/// One block device's counters since boot, from `/proc/diskstats`. Times are sums over all
/// requests, from when one was handed to the device's queue until it was done.
///
/// @param flushes requests to make earlier writes durable (Linux 5.5 and later, whole disks only,
///   else 0)
/// @param flushTime time those took, summed
/// @param busyTime time in which at least one request was under way
public record Disk(
    String name,
    long reads,
    Duration readTime,
    long writes,
    Duration writeTime,
    long flushes,
    Duration flushTime,
    Duration busyTime) {

  public static final Probe<Sampled.Sample<List<Disk>>> PROBE =
      SampledProbe.atOnce(
          "machine.disks",
          "How busy the disks are and how long they take to make a write durable: bounds what a commit costs.",
          "cat /proc/diskstats",
          Disk::parse);

  private static final int NAME = 2;
  private static final int READS = 3;
  private static final int READ_TIME = 6;
  private static final int WRITES = 7;
  private static final int WRITE_TIME = 10;
  private static final int BUSY_TIME = 12;
  private static final int FLUSHES = 18;
  private static final int FLUSH_TIME = 19;

  static List<Disk> parse(String output) {
    List<List<String>> rows =
        output.lines().map(Text::words).filter(columns -> columns.size() > BUSY_TIME).toList();
    if (rows.isEmpty() && !output.isBlank()) {
      throw new UnreadableOutput("/proc/diskstats printed " + Text.firstLine(output));
    }
    return rows.stream().filter(columns -> isDisk(columns.get(NAME))).map(Disk::row).toList();
  }

  private static Disk row(List<String> columns) {
    boolean countsFlushes = columns.size() > FLUSH_TIME;
    return new Disk(
        columns.get(NAME),
        Text.count(columns.get(READS)),
        Text.milliseconds(columns.get(READ_TIME)),
        Text.count(columns.get(WRITES)),
        Text.milliseconds(columns.get(WRITE_TIME)),
        countsFlushes ? Text.count(columns.get(FLUSHES)) : 0,
        countsFlushes ? Text.milliseconds(columns.get(FLUSH_TIME)) : Duration.ZERO,
        Text.milliseconds(columns.get(BUSY_TIME)));
  }

  /// Whether this is a part of `whole`: `sda1` of `sda`, `nvme0n1p1` of `nvme0n1`.
  public boolean isPartOf(Disk whole) {
    String rest = name.startsWith(whole.name) ? name.substring(whole.name.length()) : "";
    return rest.matches("p?[0-9]+");
  }

  private static boolean isDisk(String name) {
    return !name.startsWith("loop") && !name.startsWith("ram") && !name.startsWith("zram");
  }
}
