package dev.earshot.evidence;

import java.nio.charset.StandardCharsets;

/// A command of an admin's own, for `sh`.
///
/// @param command as it was written
public record CustomCommand(String command, Probe<CustomCommand.Output> probe)
    implements CustomQuestion {

  /// The most that is read of what it prints, in bytes. More is no answer: who judged the beginning
  /// of it could be wrong.
  public static final int LIMIT = 64 << 10;

  private static final int ERRORS = 2000;

  private static final String ENDED = "\n@ended ";

  /// What it printed, and how it ended.
  ///
  /// @param stdout without the line breaks at its end, as Ansible has it
  /// @param stderr the end of it, on one line
  public record Output(int status, String stdout, String stderr) {}

  /// Standard output goes on as it comes; what it says to standard error follows on one line, with
  /// the exit status as its last word, so that neither can be taken for the other.
  private static final String PROGRAM =
      """
      exec 3>&1
      said=$({ { sh -c COMMAND 3>&-; printf '\\n%s\\n' "$?" >&2; } | head -c LIMIT >&3; } 2>&1 | tail -c ERRORS | tr '\\n' ' ')
      printf '\\n@ended %s\\n' "$said"
      """;

  /// The question that a check puts by a command.
  ///
  /// @param id of the check that asks
  /// @param purpose what it is for, a sentence
  public static CustomCommand of(String id, String purpose, String command) {
    return new CustomCommand(
        command,
        Probe.of(
            id,
            purpose,
            PROGRAM
                .replace("LIMIT", String.valueOf(LIMIT))
                .replace("ERRORS", String.valueOf(ERRORS))
                .replace("COMMAND", "'" + command.replace("'", "'\\''") + "'"),
            CustomCommand::read));
  }

  private static Output read(String output) {
    int end = output.lastIndexOf(ENDED);
    if (end < 0) {
      throw new UnreadableOutput("how the command ended was not told");
    }
    String stdout = output.substring(0, end);
    if (stdout.getBytes(StandardCharsets.UTF_8).length >= LIMIT) {
      throw new UnreadableOutput(
          "the command printed more than %d KiB: let it print only what matters"
              .formatted(LIMIT >> 10));
    }
    String said = output.substring(end + ENDED.length()).strip();
    int word = said.lastIndexOf(' ') + 1;
    return new Output(
        Text.smallCount(said.substring(word)),
        stdout.replaceFirst("[\\r\\n]+\\z", ""),
        said.substring(0, word).strip());
  }
}
