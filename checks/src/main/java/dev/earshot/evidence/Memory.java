package dev.earshot.evidence;

import java.util.Optional;
import java.util.regex.Pattern;

/// A host's memory, from `/proc/meminfo` and `/proc/sys/vm/overcommit_memory`.
///
/// @param available what could be given to new work without swapping, as the kernel estimates it
/// @param hugePages set apart for programs that ask for them; nothing where the kernel has none
/// @param overcommit nothing in evidence of earlier versions
public record Memory(
    Bytes total, Bytes available, Optional<Bytes> hugePages, Optional<Overcommit> overcommit) {

  /// What the kernel does where programs ask for more memory than there is
  /// (`vm.overcommit_memory`), in the order of its numbers.
  public enum Overcommit {
    /// It refuses what is obviously too much.
    GUESSED,
    /// It always gives it.
    ALWAYS,
    /// It never gives what it does not have.
    NEVER
  }

  private static final Pattern OVERCOMMIT = Pattern.compile("(?m)^([012])$");

  public static final Probe<Memory> PROBE =
      Probe.of(
              "machine.memory",
              "How much memory there is and how much is left: a host that swaps is slow everywhere; and whether the kernel gives out more than it has.",
              "cat /proc/meminfo /proc/sys/vm/overcommit_memory 2>/dev/null || cat /proc/meminfo",
              Memory::parse)
          .atOnce();

  static Memory parse(String output) {
    return new Memory(
        field(output, "MemTotal"),
        field(output, "MemAvailable"),
        hugePages(output),
        overcommit(output));
  }

  private static Optional<Bytes> hugePages(String output) {
    var count = Pattern.compile("(?m)^HugePages_Total:\\s+(\\d{1,12})$").matcher(output);
    return count.find()
        ? Optional.of(
            new Bytes(Long.parseLong(count.group(1)) * field(output, "Hugepagesize").value()))
        : Optional.empty();
  }

  private static Optional<Overcommit> overcommit(String output) {
    var number = OVERCOMMIT.matcher(output);
    return number.find()
        ? Optional.of(Overcommit.values()[Integer.parseInt(number.group(1))])
        : Optional.empty();
  }

  private static Bytes field(String output, String name) {
    var found = Pattern.compile("(?m)^" + name + ":\\s+(\\d{1,15}) kB").matcher(output);
    if (!found.find()) {
      throw new UnreadableOutput("/proc/meminfo has no " + name);
    }
    return Bytes.ofKiB(Long.parseLong(found.group(1)));
  }
}
