package dev.earshot.evidence;

import java.util.Map;
import java.util.stream.Collectors;

/// What runs on a host, as `/etc/os-release` and the kernel name it.
public record OperatingSystem(String name, String kernel, String architecture, String hostname) {

  public static final Probe<OperatingSystem> PROBE =
      Probe.of(
              "machine.os",
              "Operating system, kernel and host name: what the fix has to fit.",
              """
              { read -r system </proc/sys/kernel/ostype && read -r release </proc/sys/kernel/osrelease && read -r machine </proc/sys/kernel/arch && echo "$system $release $machine"; } 2>/dev/null || uname -s -r -m
              { read -r name </proc/sys/kernel/hostname && echo "$name"; } 2>/dev/null || uname -n
              cat /etc/os-release 2>/dev/null || true
              """,
              OperatingSystem::parse)
          .atOnce();

  static OperatingSystem parse(String output) {
    var lines = output.lines().toList();
    if (lines.size() < 2 || Text.words(lines.getFirst()).size() < 3) {
      throw new UnreadableOutput("uname printed " + Text.firstLine(output));
    }
    var kernel = Text.words(lines.getFirst());
    Map<String, String> release =
        lines.stream()
            .skip(2)
            .filter(line -> line.indexOf('=') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> unquote(line.substring(line.indexOf('=') + 1)),
                    (first, _) -> first));
    return new OperatingSystem(
        release.getOrDefault("PRETTY_NAME", kernel.getFirst()),
        kernel.get(1),
        kernel.getLast(),
        lines.get(1).strip());
  }

  private static String unquote(String value) {
    return value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
