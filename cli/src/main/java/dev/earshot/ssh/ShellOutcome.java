package dev.earshot.ssh;

/// How running a program on a host went. Every reason is one sentence for an administrator, without
/// control characters whatever the host sent.
public sealed interface ShellOutcome {
  /// The program ran to its end and everything that it printed has arrived.
  ///
  /// @param exitStatus what it exited with, not necessarily zero
  /// @param errors the beginning of what it wrote on standard error
  record Finished(int exitStatus, String errors) implements ShellOutcome {}

  /// The program was started, but its end was not seen; its output is incomplete.
  ///
  /// @param errors the beginning of what it wrote on standard error until then
  record Broken(String reason, String errors) implements ShellOutcome {}

  /// The program was never started.
  record Unreachable(String reason) implements ShellOutcome {}
}
