package dev.earshot.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Echo requests from one host to another.
///
/// @param peer the other host's name in the inventory
/// @param address where the requests really went, as `ping` resolved it
/// @param sent requests that left
/// @param rtts one duration per answer
/// @param refusal why nothing could be sent
public record Ping(
    HostName peer,
    Optional<Address> address,
    int sent,
    List<Duration> rtts,
    Optional<String> refusal) {

  /// Peers stand in the variable, a line each: address, blank, name. Where there is `fping`, one
  /// process asks them all at once. `ping` takes one process for each, 32 at a time; 0.2 s is the
  /// shortest interval that every ping allows to every user. Old ones have no fractions of a
  /// second, and those that allow no shorter one refuse that of an audit without a window, hence
  /// the second try.
  public static final Probe<List<Ping>> PROBE =
      new Probe<>(
          "network.pings",
          "Round trips from this host to the other hosts of the audit: ten echo requests each, five without a window.",
          "",
          "",
          """
          [ -n "$EARSHOT_PEERS" ] || exit 0
          if command -v fping >/dev/null; then
            answers=$(printf '%s\\n' "$EARSHOT_PEERS" | while read -r address name; do echo "$address"; done | fping -q -C "${EARSHOT_ECHOES:-10}" -p "${EARSHOT_PERIOD:-200}" -t 2000 -i 1 2>&1)
            case $answers in *' : '*)
              printf '@peers\\n%s\\n@fping\\n%s\\n' "$EARSHOT_PEERS" "$answers"
              exit 0
              ;;
            esac
          fi
          command -v ping >/dev/null || { echo 'ping is not installed: install the package iputils-ping'; exit 45; }
          printf '%s\\n' "$EARSHOT_PEERS" | {
            started=0
            while read -r address name; do
              [ -n "$name" ] || continue
              {
                answer=$(ping -n -c "${EARSHOT_ECHOES:-10}" -i "0.${EARSHOT_PERIOD:-200}" -W 2 "$address" 2>&1)
                case $answer in
                  *transmitted*) ;;
                  *) again=$(ping -c 3 -W 2 "$address" 2>&1) && answer=$again ;;
                esac
                printf '=== %s\\n%s\\n' "$name" "$answer"
              } &
              started=$((started + 1))
              [ $((started % 32)) -ne 0 ] || wait
            done
            wait
          }
          """,
          Duration.ofMinutes(2),
          false,
          Set.of(0),
          result -> new Evidence.Collected<>(parse(result.output())));

  private static final Pattern TARGET =
      Pattern.compile("^PING [^(]*\\(([0-9a-fA-F:.]+)(?:%\\w+)?\\)");
  private static final Pattern ANSWER = Pattern.compile("\\bseq=(\\d+) .*\\btime[=<]([0-9.]+) ?ms");
  private static final Pattern TOTAL = Pattern.compile("^(\\d{1,6}) packets transmitted");

  private static final int LONGEST_LINE = 500;

  public Ping {
    rtts = List.copyOf(rtts);
  }

  static List<Ping> parse(String output) {
    if (output.startsWith(Fping.PEERS)) {
      return Fping.parse(output);
    }
    List<Ping> pings = new ArrayList<>();
    for (String section : ("\n" + output).split("\n=== ", -1)) {
      int newline = section.indexOf('\n');
      if (newline > 0 && !section.substring(0, newline).isBlank()) {
        pings.add(
            section(new HostName(section.substring(0, newline)), section.substring(newline + 1)));
      }
    }
    if (pings.isEmpty() && !output.isBlank()) {
      throw new UnreadableOutput("ping printed " + Text.firstLine(output));
    }
    return List.copyOf(pings);
  }

  private static Ping section(HostName peer, String body) {
    Optional<Address> address = Optional.empty();
    Optional<Integer> sent = Optional.empty();
    List<Duration> rtts = new ArrayList<>();
    for (String line : body.lines().filter(line -> line.length() <= LONGEST_LINE).toList()) {
      var target = TARGET.matcher(line);
      if (address.isEmpty() && target.find()) {
        address = Optional.of(Address.of(target.group(1)));
      }
      var answer = ANSWER.matcher(line.replace("icmp_seq=", "seq="));
      if (answer.find() && !line.contains("DUP!")) {
        rtts.add(Text.milliseconds(answer.group(2)));
      }
      var total = TOTAL.matcher(line);
      if (total.find()) {
        sent = Optional.of(Integer.valueOf(total.group(1)));
      }
    }
    int asked = Math.max(sent.orElse(0), rtts.size());
    return new Ping(
        peer,
        address,
        asked,
        rtts.stream().sorted().toList(),
        asked == 0 ? Optional.of(Text.firstLine(body)) : Optional.empty());
  }
}
