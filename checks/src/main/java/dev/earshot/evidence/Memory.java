package dev.earshot.evidence;

import java.util.Optional;
import java.util.regex.Pattern;

/// A host's memory, from `/proc/meminfo`.
///
/// @param available what could be given to new work without swapping, as the kernel estimates it
/// @param hugePages set apart for programs that ask for them; nothing where the kernel has none
public record Memory(Bytes total, Bytes available, Optional<Bytes> hugePages) {

  public static final Probe<Memory> PROBE =
      Probe.of(
              "machine.memory",
              "How much memory there is and how much is left: a host that swaps is slow everywhere.",
              "cat /proc/meminfo",
              Memory::parse)
          .atOnce();

  static Memory parse(String output) {
    return new Memory(field(output, "MemTotal"), field(output, "MemAvailable"), hugePages(output));
  }

  private static Optional<Bytes> hugePages(String output) {
    var count = Pattern.compile("(?m)^HugePages_Total:\\s+(\\d{1,12})$").matcher(output);
    return count.find()
        ? Optional.of(
            new Bytes(Long.parseLong(count.group(1)) * field(output, "Hugepagesize").value()))
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
