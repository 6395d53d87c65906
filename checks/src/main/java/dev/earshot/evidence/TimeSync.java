package dev.earshot.evidence;

import java.util.Optional;
import java.util.Set;

/// Whether something keeps a host's clock right.
///
/// @param daemon that runs, if one of the usual does
/// @param synchronised whether systemd-timesyncd has reached a server since boot
public record TimeSync(Optional<String> daemon, boolean synchronised) {

  public static final Probe<TimeSync> PROBE =
      Probe.of(
              "machine.time-sync",
              "Whether a daemon keeps the clock right: logs and certificates rely on it.",
              """
              processes=${EARSHOT_PROCESSES-$(cat /proc/[0-9]*/stat 2>/dev/null)}
              found=none
              for name in chronyd ntpd openntpd ntpsec systemd-timesyn systemd-timesyncd ptp4l phc2sys VBoxService vmtoolsd; do
                case $processes in *"($name)"*) found=$name ;; esac
              done
              [ ! -e /run/systemd/timesync/synchronized ] || echo synchronized
              echo "daemon $found"
              """,
              TimeSync::parse)
          .atOnce();

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
        Optional.of(daemon).filter(name -> !name.equals("none")),
        output.lines().anyMatch("synchronized"::equals));
  }

  /// Timesyncd says so itself; the others keep it to themselves and are taken at their presence.
  public boolean trusted() {
    return synchronised
        || daemon
            .filter(name -> !name.startsWith("systemd-timesyn") && !GUEST_TOOLS.contains(name))
            .isPresent();
  }
}
