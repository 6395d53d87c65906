package dev.earshot.budget;

import dev.earshot.evidence.Disk;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.PostgresSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What it costs to make a commit durable on a database's own disk.
///
/// @param flush one flush of the write-ahead log
/// @param because where that figure comes from
public record CommitCost(Duration flush, String because) {

  /// The server's own timing, where `track_wal_io_timing` is on; else what the disk under its data
  /// took, per flush and write; within the window, or since boot if nothing was flushed in it.
  public static Optional<CommitCost> of(HostEvidence database, PostgresSettings settings) {
    return flush(database, settings)
        .map(cost ->
            delay(settings)
                .map(time ->
                    new CommitCost(
                        cost.flush().plus(time),
                        cost.because()
                            + ", and commit_delay of %s before each"
                                .formatted(Millis.format(time))))
                .orElse(cost));
  }

  /// What a commit waits before its flush, in the hope that others join it. With a positive
  /// `commit_siblings` it only does so while that many others are under way, which is not known.
  static Optional<Duration> delay(PostgresSettings settings) {
    boolean always = settings.count("commit_siblings").filter(others -> others == 0).isPresent();
    return settings
        .count("commit_delay")
        .filter(micros -> always && micros > 0)
        .map(micros -> Duration.ofNanos(micros * 1000L));
  }

  private static Optional<CommitCost> flush(HostEvidence database, PostgresSettings settings) {
    return new DatabaseWork(database, settings.server())
        .walSync()
        .map(sync -> new CommitCost(sync, "PostgreSQL's own timing of WAL flushes in the window"))
        .or(() -> byDisk(database, settings));
  }

  private static Optional<CommitCost> byDisk(HostEvidence database, PostgresSettings settings) {
    return database
        .disks()
        .change()
        .collected()
        .flatMap(change ->
            disk(change.after(), settings)
                .flatMap(after ->
                    change.before().stream()
                        .filter(before -> before.name().equals(after.name()))
                        .findFirst()
                        .map(before -> byDisk(before, after))));
  }

  private static CommitCost byDisk(Disk before, Disk after) {
    long flushes = after.flushes() - before.flushes();
    if (flushes > 0) {
      return new CommitCost(
          mean(after.flushTime().minus(before.flushTime()), flushes)
              .plus(
                  mean(
                      after.writeTime().minus(before.writeTime()),
                      after.writes() - before.writes())),
          "the mean write and flush of disk %s over the window (%d flushes)"
              .formatted(after.name(), flushes));
    }
    return new CommitCost(
        mean(after.flushTime(), after.flushes()).plus(mean(after.writeTime(), after.writes())),
        "the mean write and flush of disk %s since boot".formatted(after.name()));
  }

  /// The disk under the data directory; partitions don't count flushes, so the whole disk stands
  /// for them. Where the name leads nowhere (LVM, say), the disk that flushed most.
  private static Optional<Disk> disk(List<Disk> disks, PostgresSettings settings) {
    Optional<String> device = settings.device().map(name -> name.replaceFirst("^/dev/", ""));
    return disks.stream()
        .filter(disk -> disk.flushes() > 0)
        .filter(disk -> device.filter(name -> name.startsWith(disk.name())).isPresent())
        .max(Comparator.comparingInt(disk -> disk.name().length()))
        .or(() ->
            disks.stream()
                .filter(disk -> disk.flushes() > 0)
                .max(Comparator.comparingLong(Disk::flushes)));
  }

  private static Duration mean(Duration total, long count) {
    return count <= 0 || total.isNegative() ? Duration.ZERO : total.dividedBy(count);
  }

  /// `0.9 ms, by …`
  @Override
  public String toString() {
    return Millis.format(flush) + ", by " + because;
  }
}
