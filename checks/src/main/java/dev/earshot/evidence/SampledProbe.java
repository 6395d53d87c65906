package dev.earshot.evidence;

import java.time.Duration;
import java.util.function.Function;

/// Makes probes that are asked at both ends of the window: their first line is `/proc/uptime`.
final class SampledProbe {

  private static final String CLOCK =
      "{ read -r uptime </proc/uptime && echo \"$uptime\"; } 2>/dev/null || { echo 'the host has no /proc/uptime (Earshot audits Linux hosts)'; exit 45; }\n";

  private SampledProbe() {}

  /// A probe that only reads what the kernel has at hand.
  static <T> Probe<Sampled.Sample<T>> atOnce(
      String id, String purpose, String command, Function<String, T> parser) {
    String whole =
        "read -r uptime </proc/uptime && echo \"$uptime\" && {\n%s\n}".formatted(command.strip());
    return Probe.of(id, purpose, whole, output -> read(output, parser)).twice().atOnce();
  }

  /// A probe of any other kind.
  static <T> Probe<Sampled.Sample<T>> of(
      String id, String purpose, String command, Function<String, T> parser) {
    return Probe.of(id, purpose, CLOCK + command, output -> read(output, parser)).twice();
  }

  private static <T> Sampled.Sample<T> read(String output, Function<String, T> parser) {
    int newline = output.indexOf('\n');
    String clock = newline < 0 ? output : output.substring(0, newline);
    double seconds =
        Text.number(Text.words(clock).getFirst())
            .orElseThrow(() -> new UnreadableOutput("not an uptime: " + Text.clip(clock)));
    Duration uptime = Text.milliseconds(String.valueOf(seconds * 1000));
    return new Sampled.Sample<>(
        uptime, parser.apply(newline < 0 ? "" : output.substring(newline + 1)));
  }
}
