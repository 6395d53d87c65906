package dev.earshot.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A TCP port on which a host accepts connections.
///
/// @param process the program that listens, where the host let us see it
/// @param pids its processes
public record Listener(Endpoint endpoint, Optional<String> process, Set<Integer> pids) {

  public Listener {
    pids = Set.copyOf(pids);
  }

  public static final Probe<List<Listener>> PROBE =
      Probe.of(
              "network.listeners",
              "Which services listen, and which program each belongs to.",
              """
              if ! command -v ss >/dev/null; then
                echo 'ss is not installed: install the package iproute2'
                (exit 45)
              elif [ "${EARSHOT_UID-$(id -u)}" = 0 ]; then
                ss -t -l -n -p
              else
                sudo -n ss -t -l -n -p 2>/dev/null || ss -t -l -n -p
              fi
              """,
              Listener::parse)
          .needing(
              "root or `sudo -n ss`, for the names of other users' programs; without it, ports alone");

  private static final Pattern PROCESS = Pattern.compile("users:\\(\\(\"([^\"]{1,64})\"");

  private static final Pattern PID = Pattern.compile("\\bpid=(\\d{1,9})\\b");

  static List<Listener> parse(String output) {
    if (output.lines().noneMatch(line -> line.startsWith("State"))) {
      throw new UnreadableOutput("ss printed " + Text.firstLine(output));
    }
    return output
        .lines()
        .filter(line -> line.startsWith("LISTEN"))
        .map(Listener::line)
        .distinct()
        .toList();
  }

  private static Listener line(String line) {
    List<String> columns = Text.words(line);
    if (columns.size() < 5) {
      throw new UnreadableOutput("ss printed " + Text.clip(line));
    }
    var process = PROCESS.matcher(line);
    return new Listener(
        Endpoint.of(columns.get(3).replaceFirst("^\\*:", "0.0.0.0:")),
        process.find() ? Optional.of(process.group(1)) : Optional.empty(),
        PID.matcher(line)
            .results()
            .map(pid -> Integer.valueOf(pid.group(1)))
            .collect(Collectors.toSet()));
  }
}
