package dev.earshot.evidence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/// Processor time that each process of a host has used, user and system together.
public record ProcessTimes(Map<Integer, Duration> byPid) {

  public static final Probe<Sampled.Sample<ProcessTimes>> PROBE =
      SampledProbe.atOnce(
          "machine.processes",
          "How much a service computes for a request: what remains of a request's time when every wait is gone.",
          """
          if command -v awk >/dev/null; then
            cat /proc/[0-9]*/stat 2>/dev/null | awk -F ') ' '{ split($NF, column, " "); print $1 ") " column[12], column[13] }'
          else
            cat /proc/[0-9]*/stat 2>/dev/null || true
          fi
          """,
          ProcessTimes::parse);

  /// USER_HZ, in which the kernel tells processor times: 100 on every architecture that servers
  /// have.
  private static final long TICKS_PER_SECOND = 100;

  /// Where `utime` and `stime` are among the columns of proc(5) that follow the name.
  private static final int USER_TIME = 11;

  public ProcessTimes {
    byPid = Map.copyOf(byPid);
  }

  static ProcessTimes parse(String output) {
    Map<Integer, Duration> times = new HashMap<>();
    output.lines().forEach(line -> read(line, times));
    if (times.isEmpty()) {
      throw new UnreadableOutput("no process in: " + Text.firstLine(output));
    }
    return new ProcessTimes(times);
  }

  /// A line is of `/proc/PID/stat`: process id, name in parentheses, then columns, of which `awk`
  /// left the two times. The name may hold anything, line ends and parentheses included; what is no
  /// such line is part of one. Earlier recordings have no names.
  private static void read(String line, Map<Integer, Duration> times) {
    int name = line.indexOf(" (");
    int end = line.lastIndexOf(") ");
    boolean named = name >= 0 && end > name;
    StringTokenizer columns = new StringTokenizer(named ? line.substring(end + 2) : line, " ");
    OptionalLong pid = named ? Text.whole(line.substring(0, name)) : next(columns);
    boolean whole = columns.countTokens() > 2;
    for (int skipped = 0; whole && skipped < USER_TIME; skipped++) {
      next(columns);
    }
    OptionalLong user = next(columns);
    OptionalLong system = next(columns);
    if (isPid(pid) && user.isPresent() && system.isPresent()) {
      double ticks = (double) user.getAsLong() + system.getAsLong();
      times.put((int) pid.getAsLong(), Millis.duration(ticks * 1000.0 / TICKS_PER_SECOND));
    }
  }

  private static boolean isPid(OptionalLong number) {
    return number.isPresent() && number.getAsLong() > 0 && number.getAsLong() <= Integer.MAX_VALUE;
  }

  private static OptionalLong next(StringTokenizer columns) {
    return columns.hasMoreTokens() ? Text.whole(columns.nextToken()) : OptionalLong.empty();
  }
}
