package dev.earshot.evidence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Processor time that each process of a host has used, user and system together.
public record ProcessTimes(Map<Integer, Duration> byPid) {

  public static final Probe<Sampled.Sample<ProcessTimes>> PROBE =
      SampledProbe.of(
          "machine.processes",
          "How much a service computes for a request: what remains of a request's time when every wait is gone.",
          """
          getconf CLK_TCK 2>/dev/null || echo 100
          cat /proc/[0-9]*/stat 2>/dev/null
          true
          """,
          ProcessTimes::parse);

  /// Process id, name in parentheses, then the columns of proc(5) from `state` on, of which the
  /// 12th and 13th are `utime` and `stime`. The name may hold anything.
  private static final Pattern LINE =
      Pattern.compile("(?m)^(\\d{1,9}) \\(.*\\) \\S(?: -?\\d+){10} (\\d{1,18}) (\\d{1,18}) ");

  public ProcessTimes {
    byPid = Map.copyOf(byPid);
  }

  static ProcessTimes parse(String output) {
    long ticksPerSecond = Text.whole(output.lines().findFirst().orElse("")).orElse(0);
    if (ticksPerSecond <= 0) {
      throw new UnreadableOutput("not a clock rate: " + Text.firstLine(output));
    }
    Map<Integer, Duration> times = new HashMap<>();
    Matcher line = LINE.matcher(output);
    while (line.find()) {
      long ticks = Long.parseLong(line.group(2)) + Long.parseLong(line.group(3));
      times.put(Integer.valueOf(line.group(1)), Millis.duration(ticks * 1000.0 / ticksPerSecond));
    }
    return new ProcessTimes(times);
  }
}
