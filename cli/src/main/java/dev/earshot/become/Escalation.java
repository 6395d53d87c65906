package dev.earshot.become;

import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/// Runs a program on a host as somebody else.
///
/// @param patience with each answer that sudo and its like have to give before the program runs
public record Escalation(Become become, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How it went.
  public sealed interface Result {

    /// The program was run as whom it should.
    record Became(ShellOutcome outcome) implements Result {}

    /// The host was reached, but it does not let the login user become anybody; the program was not
    /// run.
    ///
    /// @param reason a sentence for an administrator
    record Refused(String reason) implements Result {}

    /// The host was not reached.
    record Unreachable(String reason) implements Result {}
  }

  public Escalation(Become become) {
    this(become, PATIENCE);
  }

  /// Runs `command` as somebody else, with `program` on its standard input.
  ///
  /// @param output for what the program prints, and nothing from before
  public Result run(
      HostShell shell, String command, String program, OutputStream output, ShellLimits limits) {
    if (become
        .password()
        .filter(password -> password.text().matches("(?s).*[\r\n].*"))
        .isPresent()) {
      return new Result.Refused(
          "the become password has a line break in it, which no prompt takes: correct"
              + " ansible_become_password");
    }
    BecomeCommand asked = BecomeCommand.of(become, command, mark());
    Becoming talk = new Becoming(become, asked, program, output, patience);
    ShellOutcome outcome = shell.run(asked.text(), talk, talk.hearing(), limits);
    if (talk.state() == Becoming.State.BECAME) {
      return new Result.Became(outcome);
    }
    return switch (outcome) {
      case ShellOutcome.Unreachable(String reason) -> new Result.Unreachable(reason);
      case ShellOutcome.Broken(String reason, _) when talk.isOpen() -> new Result.Refused(reason);
      case ShellOutcome.Broken _, ShellOutcome.Finished _ ->
          new Result.Refused(new BecomeTrouble(become).of(talk, patience));
    };
  }

  private static String mark() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
