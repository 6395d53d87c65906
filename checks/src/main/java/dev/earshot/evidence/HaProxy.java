package dev.earshot.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What HAProxy counts, from its stats socket. Counters and maxima are since its start, or since
/// somebody told it `clear counters`.
///
/// @param uptime of the process that answered: a reload starts another one, which counts anew
/// @param timesFull how often a connection was the last that [#maxConnections] let in; told since
///   HAProxy 2.8
/// @param idle share of time that its event loop had nothing to do
/// @param droppedLogs lines of its log that nobody took; old versions do not tell
/// @param tainted bits that say what happened to the process which its authors do not vouch for;
///   old versions do not tell
public record HaProxy(
    String version,
    Duration uptime,
    int connections,
    int maxConnections,
    Optional<Long> timesFull,
    Percent idle,
    Optional<Long> droppedLogs,
    Optional<Long> tainted,
    List<Frontend> frontends,
    List<Backend> backends,
    List<Server> servers) {

  /// What takes requests in.
  ///
  /// @param streams requests in HTTP mode, connections in TCP mode
  /// @param requestErrors requests that their clients broke off or got wrong
  public record Frontend(String name, Sessions sessions, long streams, long requestErrors) {}

  /// A group of servers.
  ///
  /// @param sessions its queue is that of requests which no server was chosen for yet
  /// @param active servers that work, spare ones left out
  /// @param spare servers that work and get requests when no other does
  /// @param errors of all its servers, and of requests that none was left for
  public record Backend(
      String name,
      String status,
      int active,
      int spare,
      Sessions sessions,
      long streams,
      Errors errors) {}

  /// One server of one of its backends.
  ///
  /// @param endpoint where it sends to, where the socket's level or the configuration shows it
  /// @param http whether it looks into the connections, which makes requests of them
  /// @param streams requests in HTTP mode, connections in TCP mode; one that was tried again counts
  ///   again
  /// @param opened connections to it that were tried
  /// @param reused requests that an open connection was at hand for
  public record Server(
      String backend,
      String name,
      Optional<Endpoint> endpoint,
      Health health,
      boolean http,
      long streams,
      Sessions sessions,
      Times times,
      long opened,
      long reused,
      Errors errors) {

    /// Times are told in whole milliseconds.
    private static final Duration ROUNDED = Duration.ofMillis(1);

    /// The same, of which it is known where it sends to.
    Server at(Optional<Endpoint> known) {
      return new Server(
          backend, name, known, health, http, streams, sessions, times, opened, reused, errors);
    }

    /// Nothing outside HTTP mode, where HAProxy sees connections alone.
    public Optional<Long> requests() {
      return http ? Optional.of(streams) : Optional.empty();
    }

    public Duration queue() {
      return times.queue();
    }

    public Duration connect() {
      return times.connect();
    }

    public Duration response() {
      return times.response();
    }

    /// What a request waited for a connection, on average.
    ///
    /// HAProxy rounds its means up (`swrate_avg` in its `freq_ctr.h`), so that one connection
    /// opened among hundreds of requests that reuse it already makes a mean of 1 ms. It can't be
    /// more than what all connections took that were opened, shared out among all requests.
    public Duration connectPerRequest() {
      if (opened == 0 || streams == 0 || connect().compareTo(ROUNDED) > 0) {
        return connect();
      }
      Duration most = times.slowestConnect().plus(ROUNDED).multipliedBy(opened).dividedBy(streams);
      return most.compareTo(connect()) < 0 ? most : connect();
    }

    /// Mean time that a request spent behind the load balancer, where that sees requests.
    public Optional<Duration> requestTime() {
      return requests()
          .map(_ -> queue().plus(connectPerRequest()).plus(response()))
          .filter(Duration::isPositive);
    }
  }

  /// How many there are at once.
  ///
  /// @param limit the most at once; nothing where there is none
  /// @param queued requests that wait for a free slot
  public record Sessions(
      int current, int most, Optional<Integer> limit, int queued, int mostQueued) {

    /// Whether there never was room for one more.
    public boolean reachedLimit() {
      return limit.filter(all -> most >= all).isPresent();
    }
  }

  /// Means over at most the last 1024 requests, in whole milliseconds.
  ///
  /// @param queue waiting for a free slot
  /// @param connect opening a connection, zero where one was reused
  /// @param response from the request's end to the first byte of the answer
  /// @param slowestConnect the longest of all, no mean; told since HAProxy 2.0
  public record Times(
      Duration queue, Duration connect, Duration response, Duration slowestConnect) {}

  /// What went wrong.
  ///
  /// @param connect no connection could be opened
  /// @param response the server broke the answer off, or it was none
  /// @param answered the server's own answer was that it failed (5xx)
  /// @param givenUp the client broke off what was sent on for it
  /// @param retries of opening a connection
  /// @param redispatches to another server than the one chosen first
  public record Errors(
      long connect, long response, long answered, long givenUp, long retries, long redispatches) {

    public Errors since(Errors before) {
      return new Errors(
          connect - before.connect,
          response - before.response,
          answered - before.answered,
          givenUp - before.givenUp,
          retries - before.retries,
          redispatches - before.redispatches);
    }
  }

  /// What HAProxy thinks of a server.
  ///
  /// @param status as HAProxy says it: `UP`, `UP 1/3`, `MAINT (resolution)`, `no check`, …
  /// @param spare whether it gets requests only when no other server does
  /// @param weight its share of the requests
  /// @param lastChange how long it has this status
  /// @param lastCheck what the last check of it found; empty where there was none
  public record Health(
      String status, boolean spare, int weight, Optional<Duration> lastChange, String lastCheck) {

    public State state() {
      return State.of(status);
    }
  }

  /// What the words of a status mean.
  public enum State {
    UP,
    /// Gets requests, though its last checks failed.
    FAILING,
    /// Gets no new sessions: `NOLB`, `DRAIN`.
    DRAINING,
    /// Somebody took it out.
    MAINTENANCE,
    /// Its name has no address.
    UNRESOLVED,
    DOWN,
    /// Gets requests whether it answers or not.
    UNCHECKED;

    static State of(String status) {
      return switch (Text.words(status).getFirst()) {
        case "UP" -> status.equals("UP") ? UP : FAILING;
        case "NOLB", "DRAIN" -> DRAINING;
        case "MAINT" -> status.contains("resolution") ? UNRESOLVED : MAINTENANCE;
        case "no" -> UNCHECKED;
        default -> DOWN;
      };
    }

    /// Whether it gets requests.
    public boolean serves() {
      return switch (this) {
        case UP, FAILING, UNCHECKED -> true;
        case DRAINING, MAINTENANCE, UNRESOLVED, DOWN -> false;
      };
    }
  }

  private static final Pattern BITS = Pattern.compile("0|0x[0-9a-f]{1,8}");

  /// HAProxy may be installed from anywhere, and its socket be anywhere; its process has its name.
  private static final String GUARD =
      """
      if [ ! -S /run/haproxy/admin.sock ] && [ ! -S /run/haproxy.sock ] && [ ! -S /var/lib/haproxy/stats ]; then
      """
          + Processes.elseReturn("haproxy)")
          + """
          fi
          """;

  /// Finds the socket that is asked (`found`): the first that is there. Names of files are not
  /// expanded after it.
  static final String SOCKET =
      """
      set -f
      found=
      for path in $(sed -n 's/^[[:space:]]*stats[[:space:]]\\{1,\\}socket[[:space:]]\\{1,\\}\\([^[:space:]]*\\).*/\\1/p' /etc/haproxy/haproxy.cfg 2>/dev/null) /run/haproxy/admin.sock /run/haproxy.sock /var/lib/haproxy/stats; do
        path=${path#unix@}
        case $path in *[!A-Za-z0-9_./-]*) continue ;; esac
        if [ -S "$path" ]; then found=$path; break; fi
      done
      """;

  public static final Probe<Sampled.Sample<HaProxy>> PROBE =
      SampledProbe.of(
              "haproxy.stats",
              "HAProxy's counters and times per server (`show info`, `show stat`): how long requests take behind it, and how many there are.",
              SOCKET
                  + """
                  if [ -z "$found" ]; then
                    echo 'HAProxy runs, but no stats socket was found: add "stats socket /run/haproxy/admin.sock mode 660 level operator" to its global section'
                    exit 45
                  fi
                  if [ "${EARSHOT_UID-$(id -u)}" = 0 ] || [ -w "$found" ]; then sudo=; else sudo='sudo -n'; fi
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

  public HaProxy {
    frontends = List.copyOf(frontends);
    backends = List.copyOf(backends);
    servers = List.copyOf(servers);
  }

  static HaProxy parse(String output) {
    int table = output.indexOf("# pxname,");
    if (table < 0) {
      throw new UnreadableOutput("no table in: " + Text.firstLine(output));
    }
    String info = output.substring(0, table);
    HaProxyTable rows = HaProxyTable.of(output.substring(table + 2));
    return new HaProxy(
        info(info, "Version"),
        Duration.ofSeconds(Text.smallCount(Text.unlessBlank(info(info, "Uptime_sec")).orElse("0"))),
        Text.smallCount(info(info, "CurrConns")),
        Text.smallCount(info(info, "Maxconn")),
        Text.unlessBlank(info(info, "MaxconnReached")).map(Text::count),
        new Percent(Text.smallCount(info(info, "Idle_pct"))),
        Text.unlessBlank(info(info, "DroppedLogs")).map(Text::count),
        Text.unlessBlank(info(info, "Tainted")).map(HaProxy::bits),
        rows.frontends(),
        rows.backends(),
        rows.servers());
  }

  /// As C's `%#x` writes them.
  private static long bits(String text) {
    if (!BITS.matcher(text).matches()) {
      throw new UnreadableOutput("no bits: " + Text.clip(text));
    }
    return Long.decode(text);
  }

  private static String info(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
