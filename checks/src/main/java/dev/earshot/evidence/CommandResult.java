package dev.earshot.evidence;

/// What a command printed (standard output and error, in the order they came) and how it ended.
///
/// @param truncated the output was longer than the limit; the rest was cut off
public record CommandResult(int exitStatus, String output, boolean truncated) {

  /// The most that is kept of one answer, in bytes: some 13 000 sockets.
  public static final int LIMIT = 4 << 20;

  /// The status with which a probe's command says: looked, not there.
  public static final int ABSENT = 44;

  /// The status with which a probe's command says: could not look; the output is the reason.
  public static final int COULD_NOT_LOOK = 45;

  /// What `timeout` exits with when it had to end the command.
  public static final int TIMED_OUT = 124;

  /// Without the last line where that one was cut off: half a number reads like a whole one.
  CommandResult wholeLines() {
    return truncated
        ? new CommandResult(exitStatus, output.substring(0, output.lastIndexOf('\n') + 1), true)
        : this;
  }

  public static CommandResult of(String output) {
    return new CommandResult(0, output, false);
  }
}
