package dev.earshot.check.haproxy;

import dev.earshot.check.Card;
import dev.earshot.check.Card.Threshold;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.check.Finding;
import dev.earshot.check.Fleet;
import dev.earshot.check.Measurement;
import dev.earshot.check.Quoted;
import dev.earshot.check.Remedy;
import dev.earshot.check.Severity;
import dev.earshot.check.Subject;
import dev.earshot.check.Verdict;
import dev.earshot.evidence.HaProxy;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.Sampled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What HAProxy says of its own process: lines of its log that nobody took are missing from every
/// percentile and every search, and a process that met a fault of its own answers only by luck.
///
/// No limits. What the bits of `Tainted` mean: `enum tainted_flags` of HAProxy's sources.
public final class ProcessCheck implements Check {

  /// Why a process is tainted. A library that it loaded itself (0x40) is no trouble, and which bits
  /// come after these is not known.
  private enum Taint {
    EXPERIMENTAL_CONFIGURATION(0x1, Severity.LOW, "its configuration has experimental keywords"),
    EXPERIMENTAL_ACTION(0x2, Severity.LOW, "it ran an experimental action"),
    EXPERT(0x4, Severity.LOW, "its socket was used in expert mode"),
    EXPERIMENTAL(0x8, Severity.LOW, "its socket was used in experimental mode"),
    WARNED(0x10, Severity.MEDIUM, "it met a state that its authors think impossible (WARN_ON)"),
    BUG(0x20, Severity.HIGH, "it met a bug of its own (BUG_ON)"),
    REDEFINED(0x80, Severity.LOW, "a library redefines its functions"),
    ALLOCATOR(0x100, Severity.LOW, "its memory allocator was replaced (LD_PRELOAD)"),
    PANIC(0x200, Severity.HIGH, "it began to panic"),
    LUA_STUCK(0x400, Severity.MEDIUM, "it was stuck in a Lua script"),
    LUA_SHARED_STUCK(0x800, Severity.MEDIUM, "it was stuck in a Lua script that all threads share"),
    MEMORY_STUCK(0x1000, Severity.MEDIUM, "it was stuck giving memory back"),
    BLOCKED(0x2000, Severity.MEDIUM, "a thread of it stopped moving traffic for a while");

    private final long bit;
    private final Severity severity;
    private final String words;

    Taint(long bit, Severity severity, String words) {
      this.bit = bit;
      this.severity = severity;
      this.words = words;
    }

    static List<Taint> of(long bits) {
      return Stream.of(values()).filter(taint -> (bits & taint.bit) != 0).toList();
    }
  }

  @Override
  public CheckInfo info() {
    return new CheckInfo(
        "haproxy.process",
        "HAProxy's process drops no line of its log and met no fault of its own",
        Severity.HIGH,
        """
        What nobody logged is missing where requests are counted or looked for; a process that met \
        its own bug, or was stuck, is the cause that no look at servers and networks finds.\
        """,
        new Card(
            List.of(Balancers.PROBE),
            List.of(
                new Threshold(
                    "it met a bug, or began to panic: high; was stuck, or blocked traffic: medium; is used in experimental or expert mode, or with other libraries' functions: low",
                    "Tainted: `enum tainted_flags` of HAProxy's sources"),
                new Threshold(
                    "lines of the log were dropped within the window: medium; before: low",
                    "DroppedLogs: whoever takes them is slower than they come; one who is not there at all is not counted")),
            """
            # what taints the process, in bits, and lines of its log that were lost
            echo 'show info' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | grep -E '^(Tainted|DroppedLogs|Uptime):'
            # warnings of HAProxy's own
            sudo journalctl -u haproxy -p warning --since -7d\
            """,
            "A bug or a panic: install the newest release of the same branch, and report it with what HAProxy wrote. Stuck or blocked: see which script, map or regular expression takes so long. Lost lines: find out who takes them (`log` in the global section) and whether that keeps up, or log less (`option dontlog-normal`)."));
  }

  @Override
  public List<Finding> judge(Fleet fleet) {
    return Balancers.judge(
        info(), fleet, Sampled::latest, (host, proxy) -> List.of(judge(host, proxy)));
  }

  private Finding judge(HostEvidence host, HaProxy proxy) {
    if (proxy.droppedLogs().isEmpty() && proxy.tainted().isEmpty()) {
      return Finding.of(
          info(),
          Subject.host(host.name()),
          new Verdict.Unknown(
              "%s: HAProxy %s tells neither what taints its process (Tainted) nor whether it lost lines of its log (DroppedLogs), as newer versions do"
                  .formatted(host.name(), proxy.version())));
    }
    List<Taint> taints = proxy.tainted().map(Taint::of).orElse(List.of());
    long dropped = proxy.droppedLogs().orElse(0L);
    long within = droppedWithinWindow(host);
    List<Severity> severities = new ArrayList<>(taints.stream().map(one -> one.severity).toList());
    if (dropped > 0) {
      severities.add(within > 0 ? Severity.MEDIUM : Severity.LOW);
    }
    String words =
        "%s: %s; %s"
            .formatted(host.name(), tainted(proxy.tainted(), taints), lost(proxy, dropped, within));
    return severities.stream()
        .min(Severity::compareTo)
        .map(severity -> failure(host, severity, words, dropped))
        .orElseGet(() -> Finding.of(info(), Subject.host(host.name()), new Verdict.Pass(words)));
  }

  private Finding failure(HostEvidence host, Severity severity, String words, long dropped) {
    return Finding.of(
            info(),
            Subject.host(host.name()),
            new Verdict.Fail(severity, words),
            Measurement.limited("logsDropped", dropped, 0, "HAProxy"))
        .with(
            new Remedy(
                "For a bug or a panic, install the newest release of the same branch; where it was stuck, see which script or regular expression takes so long; for lost lines, see whether who takes them keeps up.",
                "",
                List.of(
                    "echo 'show info' | sudo socat - UNIX-CONNECT:/run/haproxy/admin.sock | grep -E '^(Tainted|DroppedLogs|Uptime):'   # on %s"
                        .formatted(Quoted.comment(host.name().value())))));
  }

  private static String tainted(Optional<Long> bits, List<Taint> taints) {
    if (bits.isEmpty()) {
      return "what taints its process is not told by this version";
    }
    return taints.isEmpty()
        ? "nothing that matters taints the process (Tainted %#x)".formatted(bits.get())
        : "%s (Tainted %#x)"
            .formatted(
                taints.stream().map(taint -> taint.words).collect(Collectors.joining(", ")),
                bits.get());
  }

  private static String lost(HaProxy proxy, long dropped, long within) {
    return proxy.droppedLogs().isEmpty()
        ? "whether its log is whole is not told by this version"
        : "%d lines of its log were dropped as their taker was full %s, %d of them within the window; limit 0"
            .formatted(dropped, Balancers.sinceStart(proxy), within);
  }

  /// A process that was started in between has lost what it says.
  private static long droppedWithinWindow(HostEvidence host) {
    return host.haProxy()
        .change()
        .collected()
        .map(change ->
            Math.max(
                0,
                change.after().droppedLogs().orElse(0L) - change.before().droppedLogs().orElse(0L)))
        .orElse(0L);
  }
}
