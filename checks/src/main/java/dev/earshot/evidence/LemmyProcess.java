package dev.earshot.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one of Lemmy's processes does, by the flags that it was started with. Each also has a
/// variable of the environment, which is not looked at: it holds passwords, too.
///
/// @param http answers requests
/// @param sending sends activities to other servers
/// @param scheduled runs the scheduled tasks
/// @param index which share of the servers it sends to, if a flag says so
/// @param count how many such shares there are, if a flag says so
public record LemmyProcess(
    boolean http, boolean sending, boolean scheduled, OptionalInt index, OptionalInt count) {

  public static final Probe<List<LemmyProcess>> PROBE =
      Probe.of(
              "lemmy.processes",
              "How Lemmy's work is split into processes: of their command lines, only the flags that say so; never their environment.",
              """
              tries=0
              for comm in /proc/[0-9]*/comm; do
                name=
                read -r name 2>/dev/null <"$comm"
                [ "$name" = lemmy_server ] && [ -r "${comm%/comm}/cmdline" ] || continue
                tries=$((tries + 1))
                [ "$tries" -le 50 ] || break
                echo process
                tr '\\0' '\\n' 2>/dev/null <"${comm%/comm}/cmdline" | head -c 4096 | {
                  option=
                  while read -r word; do
                    word=$option$word
                    option=
                    case $word in
                      --disable-http-server | --disable-activity-sending | --disable-scheduled-tasks) echo "$word" ;;
                      --http-server | --federate-activities | --federate-process-index | --federate-process-count) option=$word= ;;
                      --http-server=true | --http-server=false | --federate-activities=true | --federate-activities=false) echo "$word" ;;
                      --federate-process-index=[0-9]* | --federate-process-count=[0-9]*)
                        case ${word#*=} in *[!0-9]* | ???????*) ;; *) echo "$word" ;; esac
                        ;;
                    esac
                  done
                }
              done
              [ "$tries" -gt 0 ] || exit 44
              exit 0
              """,
              LemmyProcess::parse)
          .guardedBy(LemmyNode.GUARD);

  private static final LemmyProcess WHOLE =
      new LemmyProcess(true, true, true, OptionalInt.empty(), OptionalInt.empty());

  private static final Pattern SHARE =
      Pattern.compile("--federate-process-(index|count)=(\\d{1,6})");

  static List<LemmyProcess> parse(String output) {
    List<LemmyProcess> processes = new ArrayList<>();
    Optional<LemmyProcess> current = Optional.empty();
    for (String line : output.lines().toList()) {
      if (line.equals("process")) {
        current.ifPresent(processes::add);
        current = Optional.of(WHOLE);
      } else if (current.isEmpty()) {
        throw new UnreadableOutput("it printed " + Text.firstLine(output));
      } else {
        current = current.map(process -> process.with(line));
      }
    }
    current.ifPresent(processes::add);
    if (processes.isEmpty()) {
      throw new UnreadableOutput("it printed nothing");
    }
    return List.copyOf(processes);
  }

  /// Whether flags say which share it sends; else its environment may.
  public boolean flagged() {
    return index.isPresent() && count.isPresent();
  }

  /// Flags as of 0.19.4 and later, and as 0.19.0 had them.
  private LemmyProcess with(String flag) {
    Matcher share = SHARE.matcher(flag);
    if (share.matches()) {
      OptionalInt number = OptionalInt.of(Integer.parseInt(share.group(2)));
      return share.group(1).equals("index")
          ? new LemmyProcess(http, sending, scheduled, number, count)
          : new LemmyProcess(http, sending, scheduled, index, number);
    }
    return switch (flag) {
      case "--disable-http-server", "--http-server=false" ->
          new LemmyProcess(false, sending, scheduled, index, count);
      case "--disable-activity-sending", "--federate-activities=false" ->
          new LemmyProcess(http, false, scheduled, index, count);
      case "--disable-scheduled-tasks" -> new LemmyProcess(http, sending, false, index, count);
      default -> this;
    };
  }
}
