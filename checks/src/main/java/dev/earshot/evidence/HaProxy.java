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
  /// @param requests since start; nothing outside HTTP mode, where HAProxy sees connections alone
  /// @param queue mean time that requests waited for a free slot; like the next two over at most
  ///   the last 1024
  /// @param connect mean time to open a connection, zero where one was reused; whole milliseconds
  /// @param response mean time from the request's end to the first byte of the answer
  public record Server(
      String backend,
      String name,
      Optional<Endpoint> endpoint,
      String status,
      Optional<Long> requests,
      int queued,
      Duration queue,
      Duration connect,
      Duration response,
      long connectErrors,
      long retries) {

    /// Mean time that a request spent behind the load balancer, where that sees requests.
    public Optional<Duration> requestTime() {
      return requests.map(_ -> queue.plus(connect).plus(response)).filter(Duration::isPositive);
    }
  }

  /// HAProxy may be installed from anywhere, and its socket be anywhere; its process has its name,
  /// unless the host hides other users' processes.
  private static final String GUARD =
      """
      [ -S /run/haproxy/admin.sock ] || [ -S /run/haproxy.sock ] || [ -S /var/lib/haproxy/stats ] || case ${EARSHOT_PROCESSES-$(cat /proc/[0-9]*/stat 2>/dev/null)} in
        *'(haproxy)'*) ;;
        *) [ ! -r /proc/1/stat ] && [ -e /etc/haproxy/haproxy.cfg ] || return 44 ;;
      esac
      """;

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
          .needing("the stats socket's group, or root, or `sudo -n socat`")
          .guardedBy(GUARD);

  /// The column `type` of a row that stands for a server.
  private static final String SERVER = "2";

  /// Columns that stay empty in TCP mode.
  private static final List<String> COUNTED_IN_HTTP =
      List.of("hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other", "req_tot");

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

  /// `stot` counts streams: requests in HTTP mode, connections in TCP mode. Versions before 1.7 do
  /// not tell the mode, but count answers by status in HTTP mode alone.
  private static Optional<Long> requests(Csv.Row row) {
    String mode = row.get("mode");
    boolean http =
        mode.isBlank()
            ? COUNTED_IN_HTTP.stream().anyMatch(column -> !row.get(column).isBlank())
            : mode.equals("http");
    return http ? Optional.of(row.count("stot")) : Optional.empty();
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
        requests(row),
        row.smallCount("qcur"),
        row.milliseconds("qtime"),
        row.milliseconds("ctime"),
        row.milliseconds("rtime"),
        row.count("econ"),
        row.count("wretr"));
  }
}
