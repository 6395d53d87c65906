package dev.earshot.collect;

import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Asks one host everything, in one go.
final class HostCollector {

  private HostCollector() {}

  /// What the host answered, or why it did not. Never throws for anything that a host can do.
  static HostRecording collect(
      InventoryHost host, HostShell shell, ProbeProgram program, ShellLimits limits) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ShellOutcome outcome = shell.run(ProbeProgram.COMMAND, program.text(), output, limits);
    return switch (outcome) {
      case ShellOutcome.Unreachable(String reason) -> HostRecording.unreachable(host, reason);
      case ShellOutcome.Broken(String reason, _) ->
          recording(host, program, output, Optional.of(reason));
      case ShellOutcome.Finished(int exitStatus, String errors) ->
          recording(host, program, output, interruption(exitStatus, errors));
    };
  }

  private static HostRecording recording(
      InventoryHost host,
      ProbeProgram program,
      ByteArrayOutputStream output,
      Optional<String> interrupted) {
    var answers = Answers.parse(program.mark(), output.toString(StandardCharsets.UTF_8));
    if (answers.isEmpty()) {
      return HostRecording.unreachable(
          host,
          interrupted.orElse(
              "its shell printed nothing of what was asked: does the login user have a POSIX sh?"));
    }
    return new HostRecording(host, Optional.empty(), interrupted, Map.copyOf(answers));
  }

  /// The program itself always ends with 0.
  private static Optional<String> interruption(int exitStatus, String errors) {
    return exitStatus == 0
        ? Optional.empty()
        : Optional.of(
            "the probes' shell ended with status %d: %s"
                .formatted(exitStatus, Redactor.redact(errors.strip())));
  }
}
