package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What HAProxy's log says of its servers: percentiles, where its counters know means alone.
public record HaProxyLog(List<Server> servers) {

  /// One server's last requests.
  ///
  /// @param name `backend/server`
  /// @param requests that were answered; the fewer, the less the percentiles say
  /// @param response from the request's end to the first byte of the answer; of a POST, the body's
  ///   way to the server is in it
  public record Server(String name, int requests, Percentiles connect, Percentiles response) {}

  /// As `halog -pct` works them out.
  public record Percentiles(Duration p50, Duration p95, Duration p99) {}

  private static final String GUARD =
      Processes.elseReturn("haproxy)")
          + """
          [ -e /var/log/haproxy.log ] || return 44
          """;

  /// `halog` wants the beginning of a line as old syslog daemons wrote it, so each gets that one.
  public static final Probe<HaProxyLog> PROBE =
      Probe.of(
              "haproxy.log",
              "Percentiles of the times to connect and to answer, of the eight busiest servers in the last 5000 lines (1 MB at most) of HAProxy's log, worked out on the host by `halog`: no line of the log leaves it.",
              """
              log=/var/log/haproxy.log
              command -v halog >/dev/null || exit 44
              if [ -r "$log" ]; then sudo=; else sudo='sudo -n'; fi
              lines=$($sudo tail -c 1048576 "$log" 2>/dev/null | tail -n 5000 | sed -n 's/^[^][]*haproxy\\[[0-9]*\\]: \\([0-9A-Fa-f.:]*:[0-9]* \\[\\)/Jan 1 00:00:00 h haproxy[1]: \\1/p')
              [ -n "$lines" ] || $sudo test -r "$log" 2>/dev/null || { echo "HAProxy's log $log could not be read: put the login user into the group adm, or allow it 'sudo tail'"; exit 45; }
              echo log
              printf '%s\\n' "$lines" | halog -q -srv 2>/dev/null | awk '$8 > 0 && $1 ~ /^[A-Za-z0-9_.:-]+\\/[A-Za-z0-9_.:-]+$/ { print $8, $1 }' | sort -rn | head -n 8 | while read -r _ server; do
                printf '%s\\n' "$lines" | grep -F " $server " | halog -q -pct 2>/dev/null | awk -v server="$server" '
                  $1 == "50.0" { connect = $4; response = $5 }
                  $1 == "95.0" || $1 == "99.0" { connect = connect " " $4; response = response " " $5 }
                  { last = $2 }
                  END { if (last) print "server", server, last, connect, response }'
              done
              exit 0
              """,
              HaProxyLog::parse)
          .needing("the group adm, or root, or `sudo -n tail`")
          .guardedBy(GUARD);

  public HaProxyLog {
    servers = List.copyOf(servers);
  }

  static HaProxyLog parse(String output) {
    if (!output.startsWith("log\n")) {
      throw new UnreadableOutput("it printed " + Text.firstLine(output));
    }
    List<Server> servers = new ArrayList<>();
    for (String line : output.lines().toList()) {
      List<String> words = Text.words(line);
      if (words.getFirst().equals("server") && words.size() == 9) {
        servers.add(
            new Server(
                Text.clip(words.get(1)),
                Text.smallCount(words.get(2)),
                percentiles(words.subList(3, 6)),
                percentiles(words.subList(6, 9))));
      }
    }
    return new HaProxyLog(servers);
  }

  private static Percentiles percentiles(List<String> words) {
    return new Percentiles(
        Text.milliseconds(words.get(0)),
        Text.milliseconds(words.get(1)),
        Text.milliseconds(words.get(2)));
  }
}
