package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// One established TCP connection and what the kernel counts about it (`TCP_INFO`).
///
/// @param minRtt shortest round trip that the kernel saw lately
/// @param rtt smoothed round trip; where answers carry the acknowledgement it includes the peer's
///   work
/// @param dataSegmentsOut segments with payload sent since the connection began
/// @param dataSegmentsIn segments with payload received
/// @param retransmitted segments sent again
/// @param sinceLastSent time since payload was last sent
/// @param sinceLastReceived time since payload last came
public record Socket(
    Endpoint local,
    Endpoint peer,
    Optional<Duration> minRtt,
    Optional<Duration> rtt,
    long dataSegmentsOut,
    long dataSegmentsIn,
    long retransmitted,
    Duration sinceLastSent,
    Duration sinceLastReceived) {

  /// So many that what `ss` prints of them may be more than is taken of a command.
  private static final int MANY = 5000;

  /// Without the connections of those who log in from where we do: many, where one machine asks
  /// many others, and nothing that a service waits for. The kernel's count of TCP sockets tells
  /// whether there may be too many to take.
  public static final Probe<Sampled.Sample<List<Socket>>> PROBE =
      SampledProbe.atOnce(
          "network.sockets",
          "Who talks to whom, how often, and the kernel's own round-trip times: no traffic is added.",
          """
          others=
          client=${SSH_CONNECTION%%%% *} port=${SSH_CONNECTION##* }
          case $client in *:*) client="[${client%%%%%%*}]" ;; esac
          case $SSH_CONNECTION in *' '*' '*' '*) others="not ( sport = :$port and dst = $client ) and not ( dport = :$port and src = $client )" ;; esac
          look() { ss -t -i -n -O -H state established ${others:+"$others"} 2>/dev/null || ss -t -i -n state established; }
          all=
          while read -r kind _ _ _ _ _ _ _ all _ && [ "$kind" != TCP: ]; do :; done 2>/dev/null </proc/net/sockstat
          if ! command -v ss >/dev/null; then
            echo 'ss is not installed: install the package iproute2'
            (exit 45)
          elif [ "${all:-%1$d}" -lt %1$d ]; then
            look
          else
            look | head -c %2$d
          fi
          """
              .formatted(MANY, CommandResult.LIMIT),
          Socket::parse);

  private static final Set<String> FIGURES =
      Set.of("minrtt", "rtt", "data_segs_out", "data_segs_in", "retrans", "lastsnd", "lastrcv");

  private static final Duration LONGEST_ROUND_TRIP = Duration.ofHours(1);

  /// Two sockets are the same connection when both ends are the same.
  public record Id(Endpoint local, Endpoint peer) {}

  public Id id() {
    return new Id(local, peer);
  }

  /// Reads `ss -tin` with or without `-O`: older versions print the TCP information on a line of
  /// its own, indented.
  static List<Socket> parse(String output) {
    List<StringBuilder> joined = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.isBlank() || line.startsWith("Recv-Q")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && !joined.isEmpty()) {
        joined.getLast().append(' ').append(line);
      } else {
        joined.add(new StringBuilder(line));
      }
    }
    return joined.stream().map(line -> line(line.toString())).toList();
  }

  private static Socket line(String line) {
    StringTokenizer words = new StringTokenizer(line);
    if (words.countTokens() < 4) {
      throw new UnreadableOutput("ss printed " + Text.clip(line));
    }
    words.nextToken();
    words.nextToken();
    Endpoint local = Endpoint.of(words.nextToken());
    Endpoint peer = Endpoint.of(words.nextToken());
    Map<String, String> info = info(words);
    return new Socket(
        local,
        peer,
        roundTrip(info.getOrDefault("minrtt", "")),
        roundTrip(info.getOrDefault("rtt", "").split("/", 2)[0]),
        count(info.get("data_segs_out")),
        count(info.get("data_segs_in")),
        count(afterSlash(info.get("retrans"))),
        Text.milliseconds(info.getOrDefault("lastsnd", "0")),
        Text.milliseconds(info.getOrDefault("lastrcv", "0")));
  }

  /// Those of the kernel's figures that are of use.
  private static Map<String, String> info(StringTokenizer words) {
    Map<String, String> info = new HashMap<>();
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int colon = word.indexOf(':');
      if (colon > 0 && FIGURES.contains(word.substring(0, colon))) {
        info.putIfAbsent(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    return info;
  }

  private static String afterSlash(@Nullable String text) {
    return text == null ? "" : text.substring(text.indexOf('/') + 1);
  }

  /// What is zero, `ss` leaves out.
  private static long count(@Nullable String text) {
    return text == null || text.isEmpty() ? 0 : Text.count(text);
  }

  /// The kernel's mark for "no sample yet", 2³² − 1 µs, is no round trip.
  private static Optional<Duration> roundTrip(String text) {
    return Optional.of(text)
        .filter(value -> !value.isEmpty())
        .map(Text::milliseconds)
        .filter(value -> value.compareTo(LONGEST_ROUND_TRIP) < 0);
  }
}
