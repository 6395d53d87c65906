package dev.earshot.collect;

import dev.earshot.ssh.ShellOutcome;
import java.util.Optional;
import java.util.stream.Stream;

/// What to say of a host that ran something, but not all that it should.
final class NoAnswer {

  private static final int LONGEST = 200;

  private NoAnswer() {}

  /// Why the answers may end early; the program itself always ends with 0.
  static Optional<String> interruption(int exitStatus, String errors) {
    return exitStatus == 0
        ? Optional.empty()
        : Optional.of(
            "the probes' shell ended with status %d%s"
                .formatted(exitStatus, said("", errors).map(words -> ": " + words).orElse("")));
  }

  /// Why a host gave no answer at all.
  ///
  /// @param output what it said instead
  static String reason(ShellOutcome outcome, String output) {
    return switch (outcome) {
      case ShellOutcome.Unreachable(String reason) -> reason;
      case ShellOutcome.Broken(String reason, String errors) ->
          reason + said(output, errors).map(words -> "; it said: " + words).orElse("");
      case ShellOutcome.Finished(int exitStatus, String errors) ->
          exitStatus == ProbeProgram.EATEN
              ? "a start-up file of the login user's shell reads standard input and swallowed the"
                  + " probes: let it read only where there is a terminal ('[ -t 0 ]')"
              : "its shell printed nothing of what was asked: does the login user have a shell, and"
                  + " the host a POSIX sh?%s (status %d)"
                      .formatted(
                          said(output, errors).map(words -> " It said: " + words).orElse(""),
                          exitStatus);
    };
  }

  /// The first line of each stream, as far as there is one.
  private static Optional<String> said(String output, String errors) {
    return Stream.of(errors, output)
        .flatMap(text -> text.lines().limit(100))
        .map(line -> line.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> line.substring(0, Math.min(line.length(), LONGEST)));
  }
}
