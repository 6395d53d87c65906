package dev.earshot.evidence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/// Processor time that each process of a host has used, user and system together.
public record ProcessTimes(Map<Integer, Duration> byPid) {

  public static final Probe<Sampled.Sample<ProcessTimes>> PROBE =
      SampledProbe.of(
              "machine.processes",
              "How much a service computes for a request: what remains of a request's time when every wait is gone.",
              """
              echo "${EARSHOT_TICKS:-$(getconf CLK_TCK 2>/dev/null || echo 100)}"
              cat /proc/[0-9]*/stat 2>/dev/null | if command -v awk >/dev/null; then
                awk '{ pid = $1; sub(/.*\\) /, ""); print pid, $12, $13 }'
              else
                cat
              fi
              """,
              ProcessTimes::parse)
          .atOnce();

  /// Where `utime` and `stime` are among the columns of proc(5) that follow the name.
  private static final int USER_TIME = 11;

  public ProcessTimes {
    byPid = Map.copyOf(byPid);
  }

  static ProcessTimes parse(String output) {
    long ticksPerSecond = Text.whole(output.lines().findFirst().orElse("")).orElse(0);
    if (ticksPerSecond <= 0) {
      throw new UnreadableOutput("not a clock rate: " + Text.firstLine(output));
    }
    Map<Integer, Duration> times = new HashMap<>();
    output.lines().skip(1).forEach(line -> read(line, ticksPerSecond, times));
    return new ProcessTimes(times);
  }

  /// A line is of `/proc/PID/stat`: process id, name in parentheses, then columns. The name may
  /// hold anything, line ends and parentheses included; what is no such line is part of one. Or it
  /// is what `awk` left of that: process id and the two times.
  private static void read(String line, long ticksPerSecond, Map<Integer, Duration> times) {
    int name = line.indexOf(" (");
    int end = line.lastIndexOf(") ");
    boolean whole = name >= 0 && end > name;
    StringTokenizer columns = new StringTokenizer(whole ? line.substring(end + 2) : line, " ");
    OptionalLong pid = whole ? Text.whole(line.substring(0, name)) : next(columns);
    for (int skipped = 0; whole && skipped < USER_TIME; skipped++) {
      next(columns);
    }
    OptionalLong user = next(columns);
    OptionalLong system = next(columns);
    if (isPid(pid) && user.isPresent() && system.isPresent()) {
      double ticks = (double) user.getAsLong() + system.getAsLong();
      times.put((int) pid.getAsLong(), Millis.duration(ticks * 1000.0 / ticksPerSecond));
    }
  }

  private static boolean isPid(OptionalLong number) {
    return number.isPresent() && number.getAsLong() > 0 && number.getAsLong() <= Integer.MAX_VALUE;
  }

  private static OptionalLong next(StringTokenizer columns) {
    return columns.hasMoreTokens() ? Text.whole(columns.nextToken()) : OptionalLong.empty();
  }
}
