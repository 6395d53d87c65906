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

  /// Two sockets are the same connection when both ends are the same.
  public record Id(Endpoint local, Endpoint peer) {}

  public Id id() {
    return new Id(local, peer);
  }

  /// Reads `ss -tin` with or without `-O`: older versions print the TCP information on a line of
  /// its own, indented.
  static List<Socket> parse(String output) {
    List<String> joined = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.isBlank() || line.startsWith("Recv-Q")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && !joined.isEmpty()) {
        joined.add(joined.removeLast() + " " + line.strip());
      } else {
        joined.add(line.strip());
      }
    }
    return joined.stream().map(Socket::line).flatMap(Optional::stream).toList();
  }

  /// A cut last line is left out.
  private static Optional<Socket> line(String line) {
    List<String> words = Text.words(line);
    if (words.size() < 4
        || words.get(2).lastIndexOf(':') < 0
        || words.get(3).lastIndexOf(':') < 0) {
      return Optional.empty();
    }
    Map<String, String> info = new HashMap<>();
    for (String word : words.subList(4, words.size())) {
      int colon = word.indexOf(':');
      if (colon > 0) {
        info.putIfAbsent(word.substring(0, colon), word.substring(colon + 1));
      }
    }
    return Optional.of(
        new Socket(
            Endpoint.of(words.get(2)),
            Endpoint.of(words.get(3)),
            milliseconds(info.get("minrtt")),
            milliseconds(info.getOrDefault("rtt", "").split("/", 2)[0]),
            count(info.get("data_segs_out")),
            count(info.get("data_segs_in")),
            count(afterSlash(info.get("retrans"))),
            milliseconds(info.get("lastsnd")).orElse(Duration.ZERO),
            milliseconds(info.get("lastrcv")).orElse(Duration.ZERO)));
  }

  private static String afterSlash(@Nullable String text) {
    return text == null ? "" : text.substring(text.indexOf('/') + 1);
  }

  private static long count(@Nullable String text) {
    return text == null ? 0 : Text.whole(text).orElse(0);
  }

  private static Optional<Duration> milliseconds(@Nullable String text) {
    var value = Text.number(text == null ? "" : text);
    return value.isEmpty() || value.getAsDouble() < 0
        ? Optional.empty()
        : Optional.of(Millis.duration(value.getAsDouble()));
  }
}
