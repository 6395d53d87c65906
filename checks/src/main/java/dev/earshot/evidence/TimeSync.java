package dev.earshot.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether something keeps a host's clock right, and what that clock shows.
///
/// @param daemon that runs, if one of the usual does
/// @param hidden there may be one: the host hides other users' processes
/// @param synchronised whether systemd-timesyncd has reached a server since boot
/// @param clock when the host began with its program
public record TimeSync(
    Optional<String> daemon, boolean hidden, boolean synchronised, Optional<WallClock> clock) {

  /// What a wall clock showed. BusyBox knows whole seconds only, and then it was `at` or later.
  ///
  /// @param resolution by how much later it may have been
  public record WallClock(Instant at, Duration resolution) {}

  /// Anybody may run a program named `chronyd`: a daemon is run by root, by a system user (below
  /// 1000, `SYS_UID_MAX` of Debian's login.defs), or by one that systemd made for it (61184 to
  /// 65519, its `DynamicUser=`).
  public static final Probe<TimeSync> PROBE =
      Probe.of(
              "machine.time-sync",
              "What the clock showed when the program began, and whether a daemon keeps it right: logs and certificates rely on it.",
              """
              processes=LIST
              case $processes in WHOLE) found=none ;; *) found=hidden ;; esac
              newline='
              '
              for name in chronyd ntpd openntpd ntpsec systemd-timesyn systemd-timesyncd ptp4l phc2sys VBoxService vmtoolsd; do
                rest=$newline$processes
                while :; do
                  case $rest in *" ($name)"*) ;; *) break ;; esac
                  pid=${rest%%" ($name)"*}
                  pid=${pid##*"$newline"}
                  rest=${rest#*" ($name)"}
                  OF_THAT_NAME
                  uid=
                  while read -r key uid _ && [ "$key" != Uid: ]; do :; done 2>/dev/null <"/proc/$pid/status"
                  case $uid in
                    [0-9] | [1-9][0-9] | [1-9][0-9][0-9] | 61[2-9][0-9][0-9] | 6[2-4][0-9][0-9][0-9]) found=$name ;;
                  esac
                done
              done
              [ ! -e /run/systemd/timesync/synchronized ] || echo synchronized
              echo "daemon $found"
              echo "clock ${EARSHOT_CLOCK-$(date +%s.%N)}"
              """
                  .replace("OF_THAT_NAME", Processes.elseContinue("\"$name\""))
                  .replace("LIST", Processes.LIST)
                  .replace("WHOLE", Processes.WHOLE),
              TimeSync::parse)
          .atOnce();

  private static final Pattern CLOCK =
      Pattern.compile("(?m)^clock (\\d{1,12})(?:\\.(\\d{1,9})(?!\\d))?");

  private static final Set<String> GUEST_TOOLS = Set.of("VBoxService", "vmtoolsd");

  static TimeSync parse(String output) {
    String daemon =
        output
            .lines()
            .filter(line -> line.startsWith("daemon "))
            .findFirst()
            .map(line -> Text.clip(line.substring("daemon ".length())))
            .filter(name -> !name.isBlank())
            .orElseThrow(() -> new UnreadableOutput("it printed " + Text.firstLine(output)));
    return new TimeSync(
        Optional.of(daemon).filter(name -> !name.equals("none") && !name.equals("hidden")),
        daemon.equals("hidden"),
        output.lines().anyMatch("synchronized"::equals),
        clock(CLOCK.matcher(output)));
  }

  private static Optional<WallClock> clock(Matcher line) {
    if (!line.find()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(line.group(1));
    String fraction = line.group(2);
    return fraction == null
        ? Optional.of(new WallClock(Instant.ofEpochSecond(seconds), Duration.ofSeconds(1)))
        : Optional.of(
            new WallClock(
                Instant.ofEpochSecond(
                    seconds, Long.parseLong((fraction + "00000000").substring(0, 9))),
                Duration.ZERO));
  }

  /// Timesyncd says so itself; the others keep it to themselves and are taken at their presence.
  public boolean trusted() {
    return synchronised
        || daemon
            .filter(name -> !name.startsWith("systemd-timesyn") && !GUEST_TOOLS.contains(name))
            .isPresent();
  }
}
