package dev.earshot.evidence;

import java.util.regex.Pattern;

/// A host's memory, from `/proc/meminfo`.
///
/// @param available what could be given to new work without swapping, as the kernel estimates it
public record Memory(Bytes total, Bytes available) {

  public static final Probe<Memory> PROBE =
      Probe.of(
              "machine.memory",
              "How much memory there is and how much is left: a host that swaps is slow everywhere.",
              "cat /proc/meminfo",
              Memory::parse)
          .atOnce();

  static Memory parse(String output) {
    return new Memory(field(output, "MemTotal"), field(output, "MemAvailable"));
  }

  private static Bytes field(String output, String name) {
    var found = Pattern.compile("(?m)^" + name + ":\\s+(\\d{1,15}) kB").matcher(output);
    if (!found.find()) {
      throw new UnreadableOutput("/proc/meminfo has no " + name);
    }
    return Bytes.ofKiB(Long.parseLong(found.group(1)));
  }
}
