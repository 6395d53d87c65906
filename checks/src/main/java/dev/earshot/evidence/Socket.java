package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  public static final Probe<Sampled.Sample<List<Socket>>> PROBE =
      SampledProbe.of(
          "network.sockets",
          "Who talks to whom, how often, and the kernel's own round-trip times: no traffic is added.",
          """
          command -v ss >/dev/null || { echo 'ss is not installed: install the package iproute2'; exit 45; }
          ss -t -i -n -O -H state established 2>/dev/null || ss -t -i -n state established
          """,
          Socket::parse);

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
    List<String> words = Text.words(line);
    if (words.size() < 4) {
      throw new UnreadableOutput("ss printed " + Text.clip(line));
    }
    Map<String, String> info = new HashMap<>();
    for (String word : words.subList(4, words.size())) {
      int colon = word.indexOf(':');
      if (colon > 0) {
        info.putIfAbsent(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    return new Socket(
        Endpoint.of(words.get(2)),
        Endpoint.of(words.get(3)),
        roundTrip(info.getOrDefault("minrtt", "")),
        roundTrip(info.getOrDefault("rtt", "").split("/", 2)[0]),
        count(info.get("data_segs_out")),
        count(info.get("data_segs_in")),
        count(afterSlash(info.get("retrans"))),
        Text.milliseconds(info.getOrDefault("lastsnd", "0")),
        Text.milliseconds(info.getOrDefault("lastrcv", "0")));
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
