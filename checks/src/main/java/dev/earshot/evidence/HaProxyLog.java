package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What HAProxy's log says of its servers: percentiles, where its counters know means alone.
///
/// @param terminations of all its requests, those included that no server got
public record HaProxyLog(List<Server> servers, List<Termination> terminations) {

  /// One server's last requests.
  ///
  /// @param name `backend/server`
  /// @param requests that were answered; the fewer, the less the percentiles say
  /// @param response from the request's end to the first byte of the answer; of a POST, the body's
  ///   way to the server is in it
  public record Server(String name, int requests, Percentiles connect, Percentiles response) {}

  /// As `halog -pct` works them out.
  public record Percentiles(Duration p50, Duration p95, Duration p99) {}

  /// How some requests ended.
  ///
  /// @param code the first two letters of HAProxy's "session state at disconnection": who ended it,
  ///   and in which phase; `--` where nobody did before its end
  public record Termination(String code, int requests) {}

  private static final Pattern CODE = Pattern.compile("[A-Za-z-]{2}");

  /// Where no daemon writes the file, as since Debian 12, the journal has what HAProxy sends to
  /// `/dev/log`; an upgrade leaves an empty file.
  private static final String GUARD =
      Processes.elseReturn("haproxy)")
          + """
          journal=
          [ -s /var/log/haproxy.log ] || {
            for file in /run/log/journal/*/system.journal /var/log/journal/*/system.journal; do
              [ ! -e "$file" ] || journal=$file
            done
            [ -n "$journal" ] || [ -e /var/log/haproxy.log ] || return 44
          }
          """;

  /// `halog` wants the beginning of a line as old syslog daemons wrote it, so each gets that one.
  public static final Probe<HaProxyLog> PROBE =
      Probe.of(
              "haproxy.log",
              "Percentiles of the times to connect and to answer, of the eight busiest servers in the last 5000 lines (1 MB at most) of HAProxy's log or of what the journal has of it, and how often requests ended in which way, worked out on the host by `halog`: no line of the log leaves it.",
              """
              log=/var/log/haproxy.log
              ask() {
                if [ -r "${journal:-$log}" ]; then sudo=; else sudo='sudo -n'; fi
                case $journal in
                  '') $sudo tail -c 1048576 "$log" ;;
                  *) $sudo journalctl -q -t haproxy -o short -n 5000 --no-pager ;;
                esac 2>/dev/null
              }
              lines=$(ask | tail -c 1048576 | tail -n 5000)
              [ -n "$lines" ] || ask >/dev/null || {
                case $journal in
                  '') echo "HAProxy's log $log could not be read: put the login user into the group adm, or allow it 'sudo tail'" ;;
                  *) echo "HAProxy's log in the journal could not be read: put the login user into the group adm, or allow it 'sudo journalctl'" ;;
                esac
                exit 45
              }
              [ -n "$lines$journal" ] || { echo log; exit 0; }
              [ -n "$lines" ] || { [ ! -e "$log" ] || { echo log; exit 0; }; exit 44; }
              command -v halog >/dev/null || { echo "HAProxy's log is here, but halog, which works the times out, is not: install it, with Debian's package haproxy"; exit 45; }
              lines=$(printf '%s\\n' "$lines" | sed -n 's/^[^][]*haproxy\\[[0-9]*\\]: \\([0-9A-Fa-f.:]*:[0-9]* \\[\\)/Jan 1 00:00:00 h haproxy[1]: \\1/p')
              echo log
              printf '%s\\n' "$lines" | halog -q -srv 2>/dev/null | awk '$8 > 0 && $1 ~ /^[A-Za-z0-9_.:-]+\\/[A-Za-z0-9_.:-]+$/ { print $8, $1 }' | sort -rn | head -n 8 | while read -r _ server; do
                printf '%s\\n' "$lines" | grep -F " $server " | halog -q -pct 2>/dev/null | awk -v server="$server" '
                  $1 == "50.0" { connect = $4; response = $5 }
                  $1 == "95.0" || $1 == "99.0" { connect = connect " " $4; response = response " " $5 }
                  { last = $2 }
                  END { if (last) print "server", server, last, connect, response }'
              done
              printf '%s\\n' "$lines" | halog -q -tc 2>/dev/null | awk 'NF == 2 && $1 ~ /^[A-Za-z-][A-Za-z-]$/ && $2 ~ /^[0-9]+$/ { print "end", $1, $2 }' | head -n 50
              exit 0
              """,
              HaProxyLog::parse)
          .needing("the group adm, or root, or `sudo -n` with tail or journalctl")
          .guardedBy(GUARD);

  public HaProxyLog {
    servers = List.copyOf(servers);
    terminations = List.copyOf(terminations);
  }

  static HaProxyLog parse(String output) {
    if (!output.startsWith("log\n")) {
      throw new UnreadableOutput("it printed " + Text.firstLine(output));
    }
    List<Server> servers = new ArrayList<>();
    List<Termination> terminations = new ArrayList<>();
    for (String line : output.lines().toList()) {
      List<String> words = Text.words(line);
      if (words.getFirst().equals("server") && words.size() == 9) {
        servers.add(
            new Server(
                Text.clip(words.get(1)),
                Text.smallCount(words.get(2)),
                percentiles(words.subList(3, 6)),
                percentiles(words.subList(6, 9))));
      } else if (words.getFirst().equals("end")
          && words.size() == 3
          && CODE.matcher(words.get(1)).matches()) {
        terminations.add(new Termination(words.get(1), Text.smallCount(words.get(2))));
      }
    }
    return new HaProxyLog(servers, terminations);
  }

  private static Percentiles percentiles(List<String> words) {
    return new Percentiles(
        Text.milliseconds(words.get(0)),
        Text.milliseconds(words.get(1)),
        Text.milliseconds(words.get(2)));
  }
}
