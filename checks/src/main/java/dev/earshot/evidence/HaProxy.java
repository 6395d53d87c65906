package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What HAProxy counts, from its stats socket.
///
/// @param idle share of time that its event loop had nothing to do
public record HaProxy(
    String version, int connections, int maxConnections, Percent idle, List<Server> servers) {

  /// One server of one of its backends.
  ///
  /// @param endpoint where it sends to, where the socket's level shows it
  /// @param status `UP`, `MAINT`, `no check`, …
  /// @param requests since start: streams, which are requests in HTTP mode
  /// @param queue mean time that requests waited for a free slot; like the next two over at most
  ///   the last 1024
  /// @param connect mean time to open a connection, zero where one was reused; whole milliseconds
  /// @param response mean time from the request's end to the first byte of the answer
  public record Server(
      String backend,
      String name,
      Optional<Endpoint> endpoint,
      String status,
      long requests,
      int queued,
      Duration queue,
      Duration connect,
      Duration response,
      long connectErrors,
      long retries) {

    /// Mean time that a request spent behind the load balancer.
    public Duration requestTime() {
      return queue.plus(connect).plus(response);
    }
  }

  public static final Probe<Sampled.Sample<HaProxy>> PROBE =
      SampledProbe.of(
              "haproxy.stats",
              "HAProxy's counters and times per server (`show info`, `show stat`): how long requests take behind it, and how many there are.",
              """
              set -f
              found=
              for path in $(sed -n 's/^[[:space:]]*stats[[:space:]]\\{1,\\}socket[[:space:]]\\{1,\\}\\([^[:space:]]*\\).*/\\1/p' /etc/haproxy/haproxy.cfg 2>/dev/null) /run/haproxy/admin.sock /run/haproxy.sock /var/lib/haproxy/stats; do
                path=${path#unix@}
                case $path in *[!A-Za-z0-9_./-]*) continue ;; esac
                if [ -S "$path" ]; then found=$path; break; fi
              done
              if [ -z "$found" ]; then
                cat /proc/[0-9]*/comm 2>/dev/null | grep -q '^haproxy$' || exit 44
                echo 'HAProxy runs, but no stats socket was found: add "stats socket /run/haproxy/admin.sock mode 660 level operator" to its global section'
                exit 45
              fi
              if [ "$(id -u)" = 0 ] || [ -w "$found" ]; then sudo=; else sudo='sudo -n'; fi
              ask() {
                if command -v socat >/dev/null; then
                  echo 'show info;show stat' | $sudo socat -t 5 - "UNIX-CONNECT:$found"
                elif command -v perl >/dev/null; then
                  $sudo perl -MIO::Socket::UNIX -e '$s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "connect: $!\\n"; print $s "show info;show stat\\n"; $s->flush; print while <$s>' "$found"
                else
                  echo 'show info;show stat' | $sudo nc -U "$found"
                fi
              }
              set +f
              answer=$(ask 2>&1)
              case $answer in
                *pxname*) printf '%s\\n' "$answer" ;;
                *) echo "HAProxy's socket $found did not answer ($(printf '%s' "$answer" | head -n 1)): allow the login user 'sudo socat' or put it into the socket's group; socat or perl must be installed"; exit 45 ;;
              esac
              """,
              HaProxy::parse)
          .needing("the stats socket's group, or root, or `sudo -n socat`");

  /// The column `type` of a row that stands for a server.
  private static final String SERVER = "2";

  public HaProxy {
    servers = List.copyOf(servers);
  }

  static HaProxy parse(String output) {
    int table = output.indexOf("# pxname,");
    if (table < 0) {
      throw new UnreadableOutput("no table in: " + Text.firstLine(output));
    }
    String info = output.substring(0, table);
    List<Server> servers =
        Csv.rows(Csv.records(output.substring(table + 2))).stream()
            .filter(row -> row.get("type").equals(SERVER))
            .map(HaProxy::server)
            .toList();
    return new HaProxy(
        info(info, "Version"),
        Text.smallCount(info(info, "CurrConns")),
        Text.smallCount(info(info, "Maxconn")),
        new Percent(Text.smallCount(info(info, "Idle_pct"))),
        servers);
  }

  private static String info(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static Server server(Csv.Row row) {
    String address = row.get("addr");
    return new Server(
        row.get("pxname"),
        row.get("svname"),
        address.matches("\\[?[0-9a-f.:]{2,45}]?:\\d{1,5}")
            ? Optional.of(Endpoint.of(address))
            : Optional.empty(),
        row.get("status"),
        row.count("stot"),
        row.smallCount("qcur"),
        row.milliseconds("qtime"),
        row.milliseconds("ctime"),
        row.milliseconds("rtime"),
        row.count("econ"),
        row.count("wretr"));
  }
}
