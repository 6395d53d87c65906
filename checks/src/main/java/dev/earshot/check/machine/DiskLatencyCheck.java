package dev.earshot.check.machine;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Limit;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Sampled.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A disk can be slow without being busy: each commit waits for a write and a flush, however idle
/// the disk is in between.
///
/// Limits: a spinning disk takes about 10 ms for an operation (half a turn at 7200/min is 4 ms, a
/// seek as much again), so that beyond it requests queue or the storage is far away; at 50 ms, a
/// request that commits twice has lost a tenth of a second. Fewer than 50 operations say too
/// little.
public final class DiskLatencyCheck implements Check {

  private static final String ID = "machine.disk-latency";

  private static final Limit.Time SLOW = new Limit.Time(ID, "slow", Duration.ofMillis(10));
  private static final Limit.Time VERY_SLOW =
      new Limit.Time(ID, "very_slow", Duration.ofMillis(50), SLOW);
  private static final long ENOUGH = 50;

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Disks answer within milliseconds",
        Severity.HIGH,
        """
        Every commit waits until its disk says that the write is safe, and every page that is not in \
        memory until it is read. Where the disk answers fast, it is cleared: neither a faster disk \
        nor synchronous_commit = off would gain much.\
        """,
        new Card(
            List.of(Disk.PROBE.id()),
            List.of(
                new Threshold(
                    "more than 10 ms a read, write or flush on average: medium",
                    "a spinning disk's seek and half a turn",
                    SLOW),
                new Threshold(
                    "more than 50 ms: high",
                    "our own choice: two commits are a tenth of a second",
                    VERY_SLOW),
                new Threshold(
                    "fewer than 50 operations in the window are not judged",
                    "our own choice: a mean of few says little")),
            "iostat -dx 5 2   # r_await, w_await and f_await of the second table, in ms",
            "Find what else uses the disk; move the database to local or faster storage."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Thresholds limits = fleet.policy().thresholds();
    return fleet.hosts().stream().map(host -> judge(limits, host)).toList();
  }

  private Finding judge(Thresholds limits, HostEvidence host) {
    Subject subject = Subject.host(host.name());
    return switch (host.disks().change()) {
      case Evidence.Uncollected<Change<List<Disk>>>(String reason) ->
          Finding.of(
              info(), subject, new Verdict.Unknown("%s: disks: %s".formatted(host.name(), reason)));
      case Evidence.Absent<Change<List<Disk>>>() ->
          Finding.of(info(), subject, new Verdict.NotApplicable(host.name() + " shows no disks"));
      case Evidence.Collected<Change<List<Disk>>>(Change<List<Disk>> change) ->
          judge(limits, host.name(), latencies(change));
    };
  }

  /// The mean time of one kind of operation on one disk.
  private record Latency(String disk, String operation, long count, Duration mean) {

    @Override
    public String toString() {
      return "%s: %s a %s (%d of them)".formatted(disk, Millis.format(mean), operation, count);
    }
  }

  /// Slowest first. Of parts and their whole, the whole counts.
  private static List<Latency> latencies(Change<List<Disk>> change) {
    Map<String, Disk> before =
        change.before().stream()
            .collect(Collectors.toMap(Disk::name, Function.identity(), (first, _) -> first));
    List<Latency> all = new ArrayList<>();
    for (Disk after : change.after()) {
      Disk start = before.get(after.name());
      if (start != null && change.after().stream().noneMatch(after::isPartOf)) {
        latency(start, after, "read", Disk::reads, Disk::readTime).ifPresent(all::add);
        latency(start, after, "write", Disk::writes, Disk::writeTime).ifPresent(all::add);
        latency(start, after, "flush", Disk::flushes, Disk::flushTime).ifPresent(all::add);
      }
    }
    return all.stream().sorted(Comparator.comparing(Latency::mean).reversed()).toList();
  }

  private static Optional<Latency> latency(
      Disk before,
      Disk after,
      String operation,
      Function<Disk, Long> counter,
      Function<Disk, Duration> timer) {
    long count = counter.apply(after) - counter.apply(before);
    Duration time = timer.apply(after).minus(timer.apply(before));
    return count >= ENOUGH && !time.isNegative()
        ? Optional.of(new Latency(after.name(), operation, count, time.dividedBy(count)))
        : Optional.empty();
  }

  private Finding judge(Thresholds limits, HostName host, List<Latency> latencies) {
    Duration limit = limits.of(SLOW);
    Subject subject = Subject.host(host);
    if (latencies.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.NotApplicable(
              "%s: no disk did %d operations of a kind in the window, too few to judge"
                  .formatted(host, ENOUGH)));
    }
    Latency slowest = latencies.getFirst();
    Measurement measured =
        Measurement.limited(
            "diskLatencyMs", Millis.of(slowest.mean()), Millis.of(limit), "/proc/diskstats");
    List<Latency> slow =
        latencies.stream().filter(latency -> latency.mean().compareTo(limit) > 0).toList();
    if (slow.isEmpty()) {
      return Finding.of(
          info(),
          subject,
          new Verdict.Pass(
              "%s: at most %s; limit %s".formatted(host, slowest, Millis.format(limit))),
          measured);
    }
    return Finding.of(
            info(),
            subject,
            new Verdict.Fail(
                slowest.mean().compareTo(limits.of(VERY_SLOW)) > 0
                    ? Severity.HIGH
                    : Severity.MEDIUM,
                "%s: %s; limit %s"
                    .formatted(
                        host,
                        String.join(", ", slow.stream().map(Latency::toString).toList()),
                        Millis.format(limit))),
            measured)
        .with(remedy(host.value()));
  }

  private static Remedy remedy(String host) {
    return new Remedy(
        "Find what else uses the disk (backups, vacuum, neighbours on the same storage), and give databases local or faster storage.",
        """
        - name: Show how long this host's disks take
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Install iostat
              ansible.builtin.apt:
                name: sysstat
            - name: Measure for five seconds
              ansible.builtin.command:
                argv: [iostat, -dx, "5", "2"]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
        """
            .formatted(Quoted.yaml(host)),
        List.of(
            "iostat -dx 5 2   # columns r_await, w_await, f_await; on " + Quoted.comment(host)));
  }
}
