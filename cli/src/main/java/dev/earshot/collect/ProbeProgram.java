package dev.earshot.collect;

import dev.earshot.check.Quoted;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The POSIX `sh` program that asks one host everything, on its standard input.
///
/// It prints each answer between two lines that begin with a mark which no output can guess:
///
/// ```
/// @MARK begin PROBE MOMENT EPOCH-SECOND
/// what the command printed
/// @MARK end PROBE MOMENT EXIT-STATUS
/// ```
///
/// Nothing is held back on the host, so an answer is here as soon as it is there, and what came
/// before a break is kept. The clock is read once; from then on, seconds are those of the uptime,
/// which cost no process. Every command is bounded in time where the host has `timeout`, and in
/// output.
///
/// @param mark of this run
/// @param text the program
public record ProbeProgram(String mark, String text) {

  /// The first line of each program.
  private static final String FIRST = "#earshot";

  /// What [#COMMAND] ends with where somebody before it has read from the program.
  static final int EATEN = 97;

  /// The command line to give the program to; the login shell may be any. A program without its
  /// beginning is not begun with: its quotes would be the other way round.
  public static final String COMMAND =
      "env LC_ALL=C sh -c 'read -r first; test \"$first\" = \"%s\" && exec sh -s; exit %d'"
          .formatted(FIRST, EATEN);

  /// The most that is kept of one answer: some 13 000 sockets.
  public static final int ANSWER_LIMIT = 4 << 20;

  private static final String PREAMBLE =
      """
      PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      export LC_ALL PATH
      cd /
      if command -v timeout >/dev/null 2>&1; then
        limited() { timeout "$@"; }
      else
        limited() { shift; "$@"; }
      fi
      ask() {
        now
        printf '\\n@%s begin %s %s %s\\n' "$MARK" "$1" "$2" "$((epoch + (now - began) / 100))"
        { status=$({ { limited "$3" sh -c "$4" </dev/null 2>&1 3>&- 4>&-; echo "$?" >&3; } | head -c "$LIMIT" >&4; } 3>&1); } 4>&1
        printf '\\n@%s end %s %s %s\\n' "$MARK" "$1" "$2" "$status"
      }
      now() {
        read -r now _ </proc/uptime 2>/dev/null || now=0.00
        now=${now%.*}${now#*.}
      }
      epoch=$(date +%s)
      case $epoch in '' | 0?* | *[!0-9]*) epoch=0 ;; esac
      """;

  private static final String WAIT =
      """
      now
      left=$((began + WINDOW - now))
      if [ "$left" -gt 0 ]; then
        sleep "$((left / 100)).$(printf '%02d' $((left % 100)))" 2>/dev/null || sleep $((left / 100 + 1))
      fi
      """;

  /// The program for one host.
  ///
  /// @param peers the hosts to ping
  public static ProbeProgram of(Duration window, List<InventoryHost> peers) {
    String mark = HexFormat.of().formatHex(randomBytes());
    StringBuilder text = new StringBuilder(FIRST).append("\nLC_ALL=C\n");
    text.append("MARK=").append(mark).append('\n');
    text.append("LIMIT=").append(ANSWER_LIMIT).append('\n');
    text.append("WINDOW=").append(window.toMillis() / 10).append('\n');
    text.append("EARSHOT_PEERS=").append(Quoted.shell(peerLines(peers))).append('\n');
    text.append("export EARSHOT_PEERS\n");
    text.append(PREAMBLE);
    text.append("now; began=$now\n");
    Probes.SAMPLED.forEach(probe -> text.append(call(probe, Moment.START)));
    Probes.ONCE.forEach(probe -> text.append(call(probe, Moment.ONCE)));
    text.append(WAIT);
    Probes.SAMPLED.forEach(probe -> text.append(call(probe, Moment.END)));
    return new ProbeProgram(mark, text.toString());
  }

  /// All questions of the program, in order.
  public static List<Question> questions() {
    return Stream.of(
            Probes.SAMPLED.stream().map(probe -> new Question(probe.id(), Moment.START)),
            Probes.ONCE.stream().map(probe -> new Question(probe.id(), Moment.ONCE)),
            Probes.SAMPLED.stream().map(probe -> new Question(probe.id(), Moment.END)))
        .flatMap(questions -> questions)
        .toList();
  }

  private static String call(Probe<?> probe, Moment moment) {
    return "ask %s %s %d %s\n"
        .formatted(
            probe.id(), moment.name(), probe.deadline().toSeconds(), Quoted.shell(probe.command()));
  }

  /// Loopback addresses mean another host to everyone, and one that begins with a dash would be an
  /// option.
  private static String peerLines(List<InventoryHost> peers) {
    return peers.stream()
        .filter(peer -> peer.address().matches("[A-Za-z0-9:][A-Za-z0-9.:_-]*"))
        .filter(peer -> !peer.address().matches("127\\..*|::1|localhost"))
        .filter(peer -> peer.name().value().lines().count() == 1)
        .map(peer -> peer.address() + " " + peer.name())
        .collect(Collectors.joining("\n"));
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
