package dev.earshot.plan;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.Bytes;
import dev.earshot.evidence.Cpu;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Filesystem;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Memory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Distance is not all: the new host has to carry the work.
///
/// What the old host uses includes what its own system uses, which the new host's system uses
/// already. So less than that in all forbids the move, and less than that free only warns.
final class ResourcesCondition implements Condition {

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "plan.resources",
        "The new host has the processors, the memory and the disk that the work uses",
        Severity.HIGH,
        "Work that was fine on a larger host waits for processors, is ended for want of memory or fills the disk on a smaller one.",
        new Card(
            List.of("machine.cpu", "machine.memory", "machine.filesystems"),
            List.of(
                new Threshold("less in all than the old host uses: high", "the work can't fit"),
                new Threshold(
                    "less free than that: medium", "a part of it is the old host's own system")),
            "nproc; free -m; df -h   # on both hosts",
            "Move to a larger host, or free what the work needs."));
  }

  @Override
  public List<Finding> judge(Situation situation) {
    HostEvidence work = situation.work();
    HostEvidence target = situation.target();
    return List.of(
        finding(target.name(), "processors", processors(work, target)),
        finding(target.name(), "memory", memory(work, target)),
        finding(target.name(), "disk", disk(work, target)));
  }

  private Finding finding(HostName target, String detail, Verdict verdict) {
    Finding finding = Finding.of(info(), new Subject.OfHost(target, Optional.of(detail)), verdict);
    return finding.failed()
        ? finding.with(
            new Remedy(
                "Give %s more, choose a larger host, or move less.".formatted(target),
                "",
                List.of("nproc; free -m; df -h   # on both hosts")))
        : finding;
  }

  private static Verdict processors(HostEvidence work, HostEvidence target) {
    Optional<Double> used = used(work);
    Optional<Double> taken = used(target);
    Optional<Integer> has = target.cpu().latest().collected().map(Cpu::count);
    Optional<Integer> had = work.cpu().latest().collected().map(Cpu::count);
    if (used.isEmpty() || taken.isEmpty() || has.isEmpty() || had.isEmpty()) {
      return unknown(work, target, "processors");
    }
    String because =
        String.format(
            Locale.ROOT,
            "%s has %d CPUs and uses %.1f; %s has %d and uses %.1f",
            work.name(),
            had.get(),
            used.get(),
            target.name(),
            has.get(),
            taken.get());
    if (used.get() > has.get()) {
      return new Verdict.Fail(Severity.HIGH, because);
    } else if (used.get() + taken.get() > has.get()) {
      return new Verdict.Fail(Severity.MEDIUM, because + ": both together are more than it has");
    }
    return has.get() < had.get()
        ? new Verdict.Fail(
            Severity.MEDIUM, because + ": enough for what the window saw, not for the same peaks")
        : new Verdict.Pass(because);
  }

  /// CPUs at work over the window.
  private static Optional<Double> used(HostEvidence host) {
    return Cpu.busy(host.cpu())
        .collected()
        .flatMap(busy -> host.cpu().latest().collected().map(cpu -> busy.ratio() * cpu.count()));
  }

  private static Verdict memory(HostEvidence work, HostEvidence target) {
    Optional<Memory> old = work.memory().collected();
    Optional<Memory> now = target.memory().collected();
    if (old.isEmpty() || now.isEmpty()) {
      return unknown(work, target, "memory");
    }
    Bytes used = minus(old.get().total(), old.get().available());
    return room(work, target, used, now.get().total(), now.get().available(), "of memory");
  }

  private static Verdict disk(HostEvidence work, HostEvidence target) {
    Optional<List<Filesystem>> old = work.filesystems().collected();
    Optional<List<Filesystem>> now = target.filesystems().collected();
    if (old.isEmpty() || now.isEmpty()) {
      return unknown(work, target, "disk");
    }
    return room(
        work,
        target,
        largest(old.get(), Filesystem::used),
        largest(now.get(), Filesystem::size),
        largest(now.get(), Filesystem::free),
        "on one file system");
  }

  private static Verdict room(
      HostEvidence work, HostEvidence target, Bytes used, Bytes all, Bytes free, String what) {
    String because =
        "%s uses %s %s; %s has %s, %s of it free"
            .formatted(work.name(), used, what, target.name(), all, free);
    if (all.compareTo(used) < 0) {
      return new Verdict.Fail(Severity.HIGH, because);
    }
    return free.compareTo(used) < 0
        ? new Verdict.Fail(
            Severity.MEDIUM,
            because + ": how much of it is the work's own and not the system's is not told apart")
        : new Verdict.Pass(because);
  }

  private static Bytes minus(Bytes a, Bytes b) {
    return new Bytes(Math.max(0, a.value() - b.value()));
  }

  /// Data of one service lies on one file system.
  private static Bytes largest(List<Filesystem> all, Function<Filesystem, Bytes> what) {
    return all.stream().map(what).max(Bytes::compareTo).orElse(new Bytes(0));
  }

  private static Verdict unknown(HostEvidence work, HostEvidence target, String what) {
    return new Verdict.Unknown(
        "%s of %s and %s: %s"
            .formatted(
                what,
                work.name(),
                target.name(),
                reason(work, what)
                    .or(() -> reason(target, what))
                    .orElse("not told by both hosts")));
  }

  private static Optional<String> reason(HostEvidence host, String what) {
    Evidence<?> evidence =
        switch (what) {
          case "processors" -> Cpu.busy(host.cpu());
          case "memory" -> host.memory();
          default -> host.filesystems();
        };
    return switch (evidence) {
      case Evidence.Uncollected<?>(String reason) -> Optional.of(host.name() + ": " + reason);
      case Evidence.Collected<?> _, Evidence.Absent<?> _ -> Optional.empty();
    };
  }
}
