package dev.earshot.collect;

import dev.earshot.check.Quoted;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Probe;
import dev.earshot.evidence.Probes;
import dev.earshot.evidence.ProcessTimes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The POSIX `sh` program that asks one host everything, on its standard input.
///
/// It prints each answer between two lines that begin with a mark which no output can guess, and a
/// line of its own when it has read the host's clock:
///
/// ```
/// @MARK begun
/// @MARK begin PROBE MOMENT EPOCH-SECOND
/// what the command printed
/// @MARK end PROBE MOMENT EXIT-STATUS
/// ```
///
/// Nothing is held back on the host, so an answer is here as soon as it is there, and what came
/// before a break is kept. The clock is read once; from then on, seconds are those of the uptime,
/// which cost no process. Processes are what a program costs: commands that only read what the
/// kernel has at hand run in the program's own shell, and so does the part of the others that finds
/// out whether there is anything to ask. The first answer, the list of processes, is kept for
/// those, and handed to the rest unless it is too long. The rest is bounded in time where the host
/// has `timeout`.
///
/// @param mark of this run
/// @param single without a window: what is asked twice otherwise is asked once, as at its end
/// @param depth how far it looks
/// @param custom what the admin wants asked; it comes last, so that it costs no other answer
/// @param text the program
public record ProbeProgram(
    String mark, boolean single, Depth depth, List<CustomQuestion> custom, String text) {

  /// The first line of each program.
  private static final String FIRST = "#earshot";

  /// What [#COMMAND] ends with where somebody before it has read from the program.
  static final int EATEN = 97;

  /// The command line to give the program to; the login shell may be any. A program without its
  /// beginning is not begun with: its quotes would be the other way round.
  public static final String COMMAND =
      "sh -c 'read -r first; test \"$first\" = \"%s\" && exec sh -s; exit %d'"
          .formatted(FIRST, EATEN);

  /// The longest list of processes that commands are handed: Linux takes strings of 128 KiB in an
  /// environment (`MAX_ARG_STRLEN`), and starts nothing with a longer one.
  private static final int LONGEST = 65_536;

  private static final String PREAMBLE =
      """
      PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      EARSHOT_CLOCK=$(date +%s.%N)
      printf '\\n@%s begun\\n' "$MARK"
      epoch=${EARSHOT_CLOCK%%.*}
      case $epoch in '' | 0?* | *[!0-9]*) epoch=0 ;; esac
      export LC_ALL PATH
      cd /
      if command -v timeout >/dev/null 2>&1; then
        limited() { timeout "$@"; }
      else
        limited() { shift; "$@"; }
      fi
      begin() {
        now
        printf '\\n@%s begin %s %s %s\\n' "$MARK" "$1" "$2" "$((epoch + (now - began) / 100))"
      }
      end() {
        printf '\\n@%s end %s %s %s\\n' "$MARK" "$1" "$2" "$3"
      }
      ask() {
        begin "$1" "$2"
        eval "$3" </dev/null 2>&1
        end "$1" "$2" $?
      }
      ask_and_keep() {
        begin "$1" "$2"
        EARSHOT_PROCESSES=$(eval "$3" </dev/null 2>&1)
        kept=$?
        [ ${#EARSHOT_PROCESSES} -gt LONGEST ] || export EARSHOT_PROCESSES
        printf '%s\\n' "$EARSHOT_PROCESSES"
        end "$1" "$2" "$kept"
      }
      ask_within() {
        begin "$1" "$2"
        "$4" </dev/null 2>&1 && limited "$5" sh -c "$3" </dev/null 2>&1
        end "$1" "$2" $?
      }
      now() {
        read -r now _ </proc/uptime 2>/dev/null || now=0.00
        now=${now%.*}${now#*.}
      }
      while read -r name EARSHOT_UID _ && [ "$name" != Uid: ]; do :; done 2>/dev/null </proc/self/status
      [ -n "$EARSHOT_UID" ] || EARSHOT_UID=$(id -u)
      export EARSHOT_UID
      """
          .replace("LONGEST", String.valueOf(LONGEST));

  private static final String WAIT =
      """
      now
      left=$((began + WINDOW - now))
      if [ "$left" -gt 0 ]; then
        sleep "$((left / 100)).$(printf '%02d' $((left % 100)))" 2>/dev/null || sleep $((left / 100 + 1))
      fi
      """;

  /// The variable of what several commands have in common.
  private static final String SHARED = "shared";

  /// What guards find out, each under the name of a function.
  private static final Map<String, String> GUARDS = guards();

  /// As few echo requests as give a median, 20 ms apart.
  private static final String FEW_ECHOES =
      "EARSHOT_ECHOES=5 EARSHOT_PERIOD=020; export EARSHOT_ECHOES EARSHOT_PERIOD\n";

  /// What is the same for all hosts.
  private static final Map<Depth, String> BODIES = bodies(false);

  /// The same without a window.
  private static final Map<Depth, String> SINGLE = bodies(true);

  /// The program for one host.
  ///
  /// @param peers the hosts to ping
  public static ProbeProgram of(Duration window, Depth depth, List<InventoryHost> peers) {
    return of(window, depth, List.of(), PeerList.lines(peers));
  }

  /// The same, of a host that is asked more.
  ///
  /// @param custom what the admin wants asked
  public static ProbeProgram of(
      Duration window, Depth depth, List<CustomQuestion> custom, List<InventoryHost> peers) {
    return of(window, depth, custom, PeerList.lines(peers));
  }

  /// @param peers to ping, as a [PeerList] gives them
  static ProbeProgram of(Duration window, Depth depth, List<CustomQuestion> custom, String peers) {
    String mark = HexFormat.of().formatHex(randomBytes());
    return new ProbeProgram(
        mark,
        window.isZero(),
        depth,
        List.copyOf(custom),
        """
        %s
        LC_ALL=C
        MARK=%s
        WINDOW=%d
        EARSHOT_PEERS=%s
        export EARSHOT_PEERS
        %s%s%s\
        """
            .formatted(
                FIRST,
                mark,
                window.toMillis() / 10,
                Quoted.shell(peers),
                window.isZero() ? FEW_ECHOES : "",
                (window.isZero() ? SINGLE : BODIES).get(depth),
                custom.stream()
                    .map(question -> call(question.probe(), Moment.ONCE, Moment.START))
                    .collect(Collectors.joining())));
  }

  private static Map<Depth, String> bodies(boolean single) {
    return Stream.of(Depth.values())
        .collect(Collectors.toMap(depth -> depth, depth -> body(depth, single)));
  }

  private static String body(Depth depth, boolean single) {
    StringBuilder text = new StringBuilder(PREAMBLE);
    text.append("%s=%s\n".formatted(SHARED, Quoted.shell(Probes.SHARED)));
    Probes.SAMPLED.forEach(probe -> text.append(definition(probe)));
    GUARDS.forEach((body, name) -> text.append("%s() {\n%s}\n".formatted(name, body)));
    text.append("now; began=$now\n");
    Moment first = single ? Moment.END : Moment.START;
    Probes.SAMPLED.forEach(probe -> text.append(call(probe, first, first)));
    Probes.ONCE.forEach(probe -> text.append(call(probe, Moment.ONCE, first)));
    if (!single) {
      text.append(WAIT);
      Probes.SAMPLED.forEach(probe -> text.append(call(probe, Moment.END, first)));
    }
    Probes.afterWindow(depth).forEach(probe -> text.append(call(probe, Moment.ONCE, first)));
    return text.toString();
  }

  /// The line that says that the program has begun and read the clock.
  String begun() {
    return "\n@" + mark + " begun\n";
  }

  /// Whether this is where a program begins.
  static boolean isBeginning(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, Math.min(length, FIRST.length()), StandardCharsets.UTF_8)
        .equals(FIRST);
  }

  /// All questions of the program, in order.
  List<Question> questions() {
    return Stream.concat(
            questions(single, depth).stream(),
            custom.stream().map(question -> new Question(question.probe().id(), Moment.ONCE)))
        .toList();
  }

  /// Those of all programs with a window that look so far.
  public static List<Question> questions(Depth depth) {
    return Stream.of(
            Probes.SAMPLED.stream().map(probe -> new Question(probe.id(), Moment.START)),
            Probes.ONCE.stream().map(probe -> new Question(probe.id(), Moment.ONCE)),
            Probes.SAMPLED.stream().map(probe -> new Question(probe.id(), Moment.END)),
            Probes.afterWindow(depth).stream().map(probe -> new Question(probe.id(), Moment.ONCE)))
        .flatMap(questions -> questions)
        .toList();
  }

  static List<Question> questions(boolean single, Depth depth) {
    return questions(depth).stream()
        .filter(question -> !single || question.moment() != Moment.START)
        .toList();
  }

  private static Map<String, String> guards() {
    Map<String, String> names = new LinkedHashMap<>();
    Probes.ALL.stream()
        .map(Probe::guard)
        .filter(body -> !body.isEmpty())
        .forEach(body -> names.putIfAbsent(body, "guard" + names.size()));
    return names;
  }

  /// Commands that are asked twice are sent once.
  private static String definition(Probe<?> probe) {
    return "%s=%s\n".formatted(variable(probe), word(probe.command()));
  }

  /// A command as one word of the shell; what several have in common comes from its variable.
  private static String word(String command) {
    int shared = command.indexOf(Probes.SHARED);
    return shared < 0
        ? Quoted.shell(command)
        : "%s\"$%s\"%s"
            .formatted(
                Quoted.shell(command.substring(0, shared)),
                SHARED,
                Quoted.shell(command.substring(shared + Probes.SHARED.length())));
  }

  private static String variable(Probe<?> probe) {
    return probe.id().replace('.', '_');
  }

  /// @param first the moment of the list of processes that is kept
  private static String call(Probe<?> probe, Moment moment, Moment first) {
    String command = probe.repeated() ? "\"$" + variable(probe) + '"' : word(probe.command());
    String question = "%s %s %s".formatted(probe.id(), moment.name(), command);
    if (probe.equals(ProcessTimes.PROBE) && moment == first) {
      return "ask_and_keep %s\n".formatted(question);
    }
    return probe.deadline().isZero()
        ? "ask %s\n".formatted(question)
        : "ask_within %s %s %d\n".formatted(question, guard(probe), probe.deadline().toSeconds());
  }

  private static String guard(Probe<?> probe) {
    return GUARDS.getOrDefault(probe.guard(), ":");
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
