package dev.earshot.check.machine;

import dev.earshot.check.Card;
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
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Pressure;
import dev.earshot.evidence.Sampled.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Utilisation tells how much works; this tells what waits. Idle processors beside waiting tasks
/// mean a slow disk, a crowded hypervisor or memory that has to be fetched from disk first.
///
/// Limits: a tenth of all time, beyond which a request of ten steps loses one to it, is our own
/// choice, and so is half of it for a task that waits for the disk, as those that write in the
/// background do, too; pages swapped in within the window at all mean that something waited for the
/// disk to get its memory back, and 100 a second is 10 % of the window at 1 ms each.
public final class PressureCheck implements Check {

  private static final String ID = "machine.pressure";

  private static final Limit.Share WAITING = new Limit.Share(ID, "waiting", new Percent(10));
  private static final double SWAPPED_IN_PER_SECOND = 100;

  /// Who writes in the background waits for the disk, and nobody for him.
  private static final Percent DISK_STALL = new Percent(50);

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Work waits neither for disks nor the hypervisor nor memory",
        Severity.HIGH,
        """
        A host can look idle and still be slow: its work waits for a disk, for the hypervisor to \
        give it a processor, or for memory that was swapped out.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("machine.pressure"),
        List.of(
            new Card.Threshold(
                "more than %s of the time waiting for disks, or taken by the hypervisor: medium"
                    .formatted(WAITING.told()),
                "our own choice: beyond it a request of ten steps loses one to waiting",
                WAITING),
            new Card.Threshold(
                "some work waiting for memory in more than %s of the window, or for the disk in more than %s, where the kernel measures that: medium"
                    .formatted(WAITING.told(), DISK_STALL),
                "our own choice: one task that waits is a small share of many processors' time; those that write in the background wait, too"),
            new Card.Threshold(
                "more than %.0f pages a second swapped in: medium".formatted(SWAPPED_IN_PER_SECOND),
                "waiting 1 ms for each is 10 % of all time, and work waits for its memory"),
            new Card.Threshold(
                "a process killed for want of memory within the window: high",
                "the next one may be the database")),
        """
        # on the host: columns wa (waits for disks), st (taken by the hypervisor), si (swapped in, KiB/s)
        vmstat 1 10
        # processes that were killed for want of memory, since boot
        grep oom_kill /proc/vmstat\
        """,
        "See which processes wait. Then give the host a faster disk, a less crowded hypervisor, or more memory, according to what they wait for.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    Percent limit = fleet.policy().thresholds().of(WAITING);
    return fleet.hosts().stream().map(host -> judge(limit, host)).toList();
  }

  private Finding judge(Percent limit, HostEvidence host) {
    return switch (host.pressure().change()) {
      case Evidence.Uncollected<Change<Pressure>>(String reason) ->
          Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.Unknown("%s: what work waits for: %s".formatted(host.name(), reason)));
      case Evidence.Absent<Change<Pressure>>() ->
          Finding.of(
              info(),
              Subject.host(host.name()),
              new Verdict.NotApplicable(host.name() + " does not count what work waits for"));
      case Evidence.Collected<Change<Pressure>>(Change<Pressure> change) ->
          judge(limit, host, change);
    };
  }

  private Finding judge(Percent limit, HostEvidence host, Change<Pressure> change) {
    Pressure before = change.before();
    Pressure after = change.after();
    double ticks = after.ticks() - before.ticks();
    if (ticks <= 0) {
      return Finding.of(
          info(),
          Subject.host(host.name()),
          new Verdict.Unknown(host.name() + ": no processor time passed in the window"));
    }
    double swappedIn =
        Math.max(0, after.pagesSwappedIn() - before.pagesSwappedIn())
            / (Millis.of(change.window()) / 1000);
    long killed =
        after.outOfMemoryKills().orElse(0L)
            - before.outOfMemoryKills().orElse(after.outOfMemoryKills().orElse(0L));
    List<Measurement> measured = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    share(
        limit,
        "waiting for disks",
        "ioWaitPercent",
        after.waitingForDisk() - before.waitingForDisk(),
        ticks,
        measured,
        figures,
        troubles);
    share(
        limit,
        "taken by the hypervisor",
        "stealPercent",
        after.stolen() - before.stolen(),
        ticks,
        measured,
        figures,
        troubles);
    measured.add(
        Measurement.limited(
            "pagesSwappedInPerSecond", swappedIn, SWAPPED_IN_PER_SECOND, "/proc/vmstat"));
    String swapping = String.format(Locale.ROOT, "%.0f pages a second swapped in", swappedIn);
    if (swappedIn > SWAPPED_IN_PER_SECOND) {
      troubles.add(
          "%s, %s of swap in use; limit %.0f"
              .formatted(swapping, after.swapUsed(), SWAPPED_IN_PER_SECOND));
    }
    figures.add(
        after.swap().value() == 0
            ? swapping
            : "%s, %s of %s swap in use".formatted(swapping, after.swapUsed(), after.swap()));
    Pressure.stalls(change, Pressure::stalledByMemory)
        .ifPresent(share -> stalled(limit, "memory", share, measured, figures, troubles));
    Pressure.stalls(change, Pressure::stalledByDisk)
        .ifPresent(share -> stalled(DISK_STALL, "disk", share, measured, figures, troubles));
    if (killed > 0) {
      troubles.add(
          "the kernel killed %d processes for want of memory within the window".formatted(killed));
    }
    after
        .outOfMemoryKills()
        .ifPresent(kills ->
            figures.add("%d processes killed for want of memory since boot".formatted(kills)));
    Measurement[] values = measured.toArray(Measurement[]::new);
    Subject subject = Subject.host(host.name());
    return troubles.isEmpty()
        ? Finding.of(
            info(),
            subject,
            new Verdict.Pass(host.name() + ": " + String.join(", ", figures)),
            values)
        : Finding.of(
                info(),
                subject,
                new Verdict.Fail(
                    killed > 0 ? Severity.HIGH : Severity.MEDIUM,
                    host.name() + ": " + String.join("; ", troubles)),
                values)
            .with(remedy(host.name().value()));
  }

  private static void stalled(
      Percent limit,
      String what,
      Percent share,
      List<Measurement> measured,
      List<String> figures,
      List<String> troubles) {
    measured.add(
        Measurement.limited(
            what + "StallPercent",
            share.value(),
            limit.value(),
            what.equals("disk") ? "/proc/pressure/io" : "/proc/pressure/memory"));
    String figure = "some work stood still for %s in %s of the window".formatted(what, share);
    figures.add(figure);
    if (share.compareTo(limit) > 0) {
      troubles.add(figure + "; limit " + limit);
    }
  }

  private static void share(
      Percent limit,
      String what,
      String name,
      long part,
      double ticks,
      List<Measurement> measured,
      List<String> figures,
      List<String> troubles) {
    Percent share = Percent.ofRatio(Math.clamp(part / ticks, 0, 1));
    measured.add(Measurement.limited(name, share.value(), limit.value(), "/proc/stat"));
    String figure = "%s of processor time %s".formatted(share, what);
    figures.add(figure);
    if (share.compareTo(limit) > 0) {
      troubles.add(figure + "; limit " + limit);
    }
  }

  private static Remedy remedy(String host) {
    return new Remedy(
        "See which processes wait; give the host a faster disk, a less crowded hypervisor, or more memory.",
        """
        - name: Show what waits on this host
          hosts: %s
          gather_facts: false
          tasks:
            - name: Sample waiting, swapping and stealing
              ansible.builtin.command:
                argv: [vmstat, "1", "5"]
              register: earshot_shown
              changed_when: false
              failed_when: false
              check_mode: false
            - name: Print it
              ansible.builtin.debug:
                var: earshot_shown.stdout_lines[:20]
        """
            .formatted(Quoted.yaml(host)),
        List.of("vmstat 1 10   # columns si, so, wa, st; on " + Quoted.comment(host)));
  }
}
