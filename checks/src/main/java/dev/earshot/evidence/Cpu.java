package dev.earshot.evidence;

import java.util.List;
import java.util.function.ToLongFunction;

/// A host's processor time since boot, from `/proc/stat`, and its load.
///
/// @param busyTicks time that work wanted, in clock ticks summed over all CPUs, whether it got it
///   or it was stolen (waiting for disks is not work)
/// @param totalTicks all time that passed
/// @param stolenTicks time that the hypervisor gave to other guests
/// @param loadAverage runnable and waiting tasks, mean of the last minute
public record Cpu(
    int count, long busyTicks, long totalTicks, long stolenTicks, double loadAverage) {

  public static final Probe<Sampled.Sample<Cpu>> PROBE =
      SampledProbe.atOnce(
          "machine.cpu",
          "How busy the processors are over the window: rules overload in or out.",
          "grep -hE '^cpu|^[0-9]' /proc/loadavg /proc/stat",
          Cpu::parse);

  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;
  private static final int GUEST = 9;

  static Cpu parse(String output) {
    List<String> lines = output.lines().toList();
    if (lines.size() < 3 || !lines.get(1).startsWith("cpu ")) {
      throw new UnreadableOutput("/proc/stat printed " + Text.firstLine(output));
    }
    List<String> all = Text.words(lines.get(1));
    long total = 0;
    long idle = 0;
    // Guest time is counted in user time already.
    for (int column = 1; column < Math.min(all.size(), GUEST); column++) {
      long ticks = Text.count(all.get(column));
      total += ticks;
      idle += column == IDLE || column == IO_WAIT ? ticks : 0;
    }
    long stolen = all.size() > STEAL ? Text.count(all.get(STEAL)) : 0;
    return new Cpu(
        lines.size() - 2,
        total - idle,
        total,
        stolen,
        Text.number(Text.words(lines.getFirst()).getFirst())
            .orElseThrow(() -> new UnreadableOutput("not a load: " + Text.firstLine(output))));
  }

  /// The share of the window in which the processors worked; nothing where no tick passed. Idle
  /// time may run backwards a little, hence the bounds.
  public static Evidence<Percent> busy(Sampled<Cpu> samples) {
    return share(samples, Cpu::busyTicks, Cpu::totalTicks);
  }

  /// The share of the time in which work wanted the processors that the hypervisor gave to other
  /// guests; nothing where none was wanted.
  public static Evidence<Percent> stolen(Sampled<Cpu> samples) {
    return share(samples, Cpu::stolenTicks, Cpu::busyTicks);
  }

  private static Evidence<Percent> share(
      Sampled<Cpu> samples, ToLongFunction<Cpu> part, ToLongFunction<Cpu> whole) {
    return switch (samples.change()) {
      case Evidence.Collected<Sampled.Change<Cpu>>(Sampled.Change<Cpu> change) -> {
        long all = whole.applyAsLong(change.after()) - whole.applyAsLong(change.before());
        long some = part.applyAsLong(change.after()) - part.applyAsLong(change.before());
        yield all > 0
            ? new Evidence.Collected<>(Percent.ofRatio(Math.clamp((double) some / all, 0, 1)))
            : new Evidence.Uncollected<>("no processor time passed in the window");
      }
      case Evidence.Absent<Sampled.Change<Cpu>>() -> new Evidence.Absent<>();
      case Evidence.Uncollected<Sampled.Change<Cpu>>(String reason) ->
          new Evidence.Uncollected<>(reason);
    };
  }
}
