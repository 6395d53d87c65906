package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what `fping -q -C` printed, after the list of those whom it was to ask.
final class Fping {

  /// What the list begins with.
  static final String PEERS = "@peers\n";

  private static final String ANSWERS = "\n@fping\n";

  /// Between a peer and its times.
  private static final String TIMES = " : ";

  private static final String LOST = "-";

  private static final int LONGEST_LINE = 500;

  private Fping() {}

  static List<Ping> parse(String output) {
    int answers = output.indexOf(ANSWERS);
    if (answers < 0) {
      throw new UnreadableOutput("fping printed " + Text.firstLine(output));
    }
    Map<String, List<String>> times = new HashMap<>();
    for (String line : output.substring(answers + ANSWERS.length()).lines().toList()) {
      int colon = line.indexOf(TIMES);
      if (colon > 0 && line.length() <= LONGEST_LINE) {
        times.putIfAbsent(
            line.substring(0, colon).strip(), Text.words(line.substring(colon + TIMES.length())));
      }
    }
    List<Ping> pings = new ArrayList<>();
    for (String peer : output.substring(PEERS.length(), answers).lines().toList()) {
      int blank = peer.indexOf(' ');
      if (blank > 0 && blank < peer.length() - 1) {
        String address = peer.substring(0, blank);
        pings.add(
            ping(
                new HostName(peer.substring(blank + 1)),
                address,
                times.getOrDefault(address, List.of())));
      }
    }
    return List.copyOf(pings);
  }

  private static Ping ping(HostName peer, String asked, List<String> times) {
    Optional<Address> address = Optional.of(Address.of(asked)).filter(Address::isNumeric);
    List<Duration> rtts =
        times.stream().filter(time -> !time.equals(LOST)).map(Text::milliseconds).sorted().toList();
    return new Ping(
        peer,
        address,
        times.size(),
        rtts,
        times.isEmpty()
            ? Optional.of(
                "fping said nothing of %s: does the name resolve there?"
                    .formatted(Text.clip(asked)))
            : Optional.empty());
  }
}
