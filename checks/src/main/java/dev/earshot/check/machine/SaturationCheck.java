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
import dev.earshot.check.Thresholds;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Disk;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Memory;
import dev.earshot.evidence.Millis;
import dev.earshot.evidence.Percent;
import dev.earshot.evidence.Sampled.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A host that is short of something makes everything on it wait. One that isn't is cleared of the
/// suspicion, which is worth as much.
///
/// Limits: from 85 % on, queueing multiplies waiting times by six or more (M/M/1: 1 / (1 − load));
/// below 5 % of available memory Linux begins to swap or kill.
public final class SaturationCheck implements Check {

  private static final String ID = "machine.saturation";

  private static final Limit.Share CPU_BUSY = new Limit.Share(ID, "cpu_busy", new Percent(85));
  private static final Limit.Share DISK_BUSY = new Limit.Share(ID, "disk_busy", new Percent(85));
  private static final Limit.Share MEMORY_AVAILABLE =
      new Limit.Share(ID, "memory_available", new Percent(5));

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        ID,
        "Nothing is short of CPU, memory or disk time",
        Severity.HIGH,
        """
        Work that has to wait for a processor, for memory or for a disk makes every request slower.\
        """,
        card());
  }

  private static Card card() {
    return new Card(
        List.of("machine.cpu", "machine.memory", "machine.disks"),
        List.of(
            new Card.Threshold(
                "CPU more than %s busy: medium".formatted(CPU_BUSY.told()),
                "from there on queueing multiplies waiting times by six or more (M/M/1: 1 / (1 - load))",
                CPU_BUSY),
            new Card.Threshold(
                "a disk more than %s busy: medium".formatted(DISK_BUSY.told()),
                "the same",
                DISK_BUSY),
            new Card.Threshold(
                "less than %s of the memory available: high".formatted(MEMORY_AVAILABLE.told()),
                "below it Linux begins to swap or to kill",
                MEMORY_AVAILABLE)),
        """
        # on the host: columns us + sy (CPU busy, in hundredths), id (idle)
        vmstat 1 10
        # memory: the column available
        free -m
        # disks: the column %util (package sysstat)
        iostat -dx 1 5\
        """,
        "See what uses it up (top, iotop), then free that, give the host more, or give the work to another host.");
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return fleet.hosts().stream()
        .map(host -> new Survey(fleet.policy().thresholds(), host).finding(info()))
        .toList();
  }

  /// One look at one host.
  private static final class Survey {

    private final Thresholds limits;
    private final HostName host;
    private final List<String> shortages = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<Measurement> measured = new ArrayList<>();
    private Severity worst = Severity.MEDIUM;

    Survey(Thresholds limits, HostEvidence evidence) {
      this.limits = limits;
      host = evidence.name();
      value("CPU", Cpu.busy(evidence.cpu())).ifPresent(this::cpu);
      value("memory", evidence.memory()).ifPresent(this::memory);
      value("disks", evidence.disks().change()).ifPresent(this::disks);
    }

    Finding finding(CheckInfo info) {
      Measurement[] values = measured.toArray(Measurement[]::new);
      if (!shortages.isEmpty()) {
        return Finding.of(
                info,
                Subject.host(host),
                new Verdict.Fail(worst, host + ": " + String.join("; ", shortages)),
                values)
            .with(remedy());
      }
      return Finding.of(
          info,
          Subject.host(host),
          gaps.isEmpty()
              ? new Verdict.Pass(host + ": " + String.join(", ", figures))
              : new Verdict.Unknown(
                  "%s: not known: %s%s"
                      .formatted(
                          host,
                          String.join("; ", gaps),
                          figures.isEmpty() ? "" : "; otherwise " + String.join(", ", figures))),
          values);
    }

    private void cpu(Percent busy) {
      judge("CPU " + busy + " busy", busy, limits.of(CPU_BUSY), "cpuBusyPercent", Severity.MEDIUM);
    }

    private void memory(Memory memory) {
      Percent limit = limits.of(MEMORY_AVAILABLE);
      Percent available =
          Percent.ofRatio(
              (double) memory.available().value() / Math.max(1, memory.total().value()));
      String figure = "%s of %s memory available".formatted(memory.available(), memory.total());
      measured.add(
          Measurement.limited(
              "memoryAvailablePercent", available.value(), limit.value(), "/proc/meminfo"));
      if (available.compareTo(limit) < 0) {
        shortage(figure + "; at least " + limit + " is wanted", Severity.HIGH);
      } else {
        figures.add(figure);
      }
    }

    private void disks(Change<List<Disk>> change) {
      Map<String, Disk> before =
          change.before().stream()
              .collect(Collectors.toMap(Disk::name, disk -> disk, (first, _) -> first));
      change.after().stream()
          .filter(disk -> before.containsKey(disk.name()))
          .map(disk -> disk.busyTime().minus(before.getOrDefault(disk.name(), disk).busyTime()))
          .mapToDouble(busy -> Math.clamp(Millis.ratio(busy, change.window()), 0, 1))
          .max()
          .ifPresent(busiest -> {
            Percent busy = Percent.ofRatio(busiest);
            judge(
                "disk " + busy + " busy",
                busy,
                limits.of(DISK_BUSY),
                "diskBusyPercent",
                Severity.MEDIUM);
          });
    }

    private void judge(
        String figure, Percent value, Percent limit, String name, Severity severity) {
      measured.add(Measurement.limited(name, value.value(), limit.value(), "/proc"));
      if (value.compareTo(limit) > 0) {
        shortage(figure + " over the window; limit " + limit, severity);
      } else {
        figures.add(figure);
      }
    }

    private void shortage(String what, Severity severity) {
      shortages.add(what);
      worst = severity.isAtLeast(worst) ? severity : worst;
    }

    /// What a host does not have at all it can't be short of.
    private <T> Optional<T> value(String what, Evidence<T> evidence) {
      if (evidence instanceof Evidence.Uncollected<T>(String reason)) {
        gaps.add(what + " (" + reason + ")");
      }
      return evidence.collected();
    }

    private Remedy remedy() {
      return new Remedy(
          "See what uses it up, and give the host more or the work to another.",
          """
          - name: Show what uses up this host
            hosts: %s
            gather_facts: false
            tasks:
              - name: List the processes that use most
                ansible.builtin.command:
                  argv: [ps, -eo, "pid,user,pcpu,rss,args", --sort, -pcpu]
                register: earshot_shown
                changed_when: false
                failed_when: false
                check_mode: false
              - name: Print it
                ansible.builtin.debug:
                  var: earshot_shown.stdout_lines[:20]
          """
              .formatted(Quoted.yaml(host.value())),
          List.of("vmstat 1 10   # on " + Quoted.comment(host.value())));
    }
  }
}
