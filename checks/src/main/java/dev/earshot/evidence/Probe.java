package dev.earshot.evidence;

import static dev.earshot.evidence.CommandResult.ABSENT;
import static dev.earshot.evidence.CommandResult.COULD_NOT_LOOK;
import static dev.earshot.evidence.CommandResult.TIMED_OUT;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/// One read-only question to a host.
///
/// @param id stable name, in reports and as the name of recordings
/// @param purpose what it reads and why, a sentence for `earshot probes`
/// @param privilege what it needs beyond a login, empty if nothing
/// @param guard what `command` begins by finding out, as the body of a shell function that starts
///   no process: where it returns another status than 0, that is the answer; empty if there is
///   always something to ask
/// @param command the exact POSIX `sh` program, guard included; runs with `LC_ALL=C` and an empty
///   standard input
/// @param deadline after which the command is ended at the host; zero for one that only reads what
///   the kernel has at hand and need not be watched: it runs in a shell that goes on afterwards, so
///   it neither exits nor changes what that shell is like
/// @param repeated asked at both ends of the window
/// @param understood exit statuses whose output the parser can read
/// @param parser pure; gets only understood results
public record Probe<T>(
    String id,
    String purpose,
    String privilege,
    String guard,
    String command,
    Duration deadline,
    boolean repeated,
    Set<Integer> understood,
    Function<CommandResult, Evidence<T>> parser) {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  public Probe {
    understood = Set.copyOf(understood);
  }

  /// A probe that needs no privilege and whose command prints what `parser` reads and exits with 0.
  public static <T> Probe<T> of(
      String id, String purpose, String command, Function<String, T> parser) {
    return new Probe<>(
        id,
        purpose,
        "",
        "",
        command,
        DEADLINE,
        false,
        Set.of(0),
        result -> new Evidence.Collected<>(parser.apply(result.output())));
  }

  /// The same probe, asked at the start and at the end of the window.
  public Probe<T> twice() {
    return new Probe<>(id, purpose, privilege, guard, command, deadline, true, understood, parser);
  }

  public Probe<T> needing(String what) {
    return new Probe<>(id, purpose, what, guard, command, deadline, repeated, understood, parser);
  }

  public Probe<T> within(Duration limit) {
    return new Probe<>(id, purpose, privilege, guard, command, limit, repeated, understood, parser);
  }

  /// The same probe, of which most hosts know at once that it is not for them. What the guard finds
  /// out stays in its variables for the rest of the command.
  public Probe<T> guardedBy(String body) {
    return new Probe<>(
        id,
        purpose,
        privilege,
        body,
        "guard() {\n%s}\nguard || exit\n%s".formatted(body, command),
        deadline,
        repeated,
        understood,
        parser);
  }

  /// The same probe, not watched: it reads what the kernel has at hand.
  public Probe<T> atOnce() {
    return within(Duration.ZERO);
  }

  /// Reads an answer. Never throws: output that the parser can't read is [Evidence.Uncollected].
  public Evidence<T> read(CommandResult result) {
    if (result.exitStatus() == ABSENT) {
      return new Evidence.Absent<>();
    }
    if (result.exitStatus() == COULD_NOT_LOOK) {
      return new Evidence.Uncollected<>(Text.lastLine(result.output()));
    }
    if (result.exitStatus() == TIMED_OUT) {
      return new Evidence.Uncollected<>("no answer within %d s".formatted(deadline.toSeconds()));
    }
    if (!understood.contains(result.exitStatus()) && !result.truncated()) {
      return new Evidence.Uncollected<>(
          "the command ended with status %d: %s"
              .formatted(result.exitStatus(), Text.lastLine(result.output())));
    }
    try {
      return parser.apply(result.wholeLines());
    } catch (RuntimeException unreadable) {
      return new Evidence.Uncollected<>(
          "the answer could not be read: " + Text.clip(String.valueOf(unreadable.getMessage())));
    }
  }
}
