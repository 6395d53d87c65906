package dev.earshot.collect;

import dev.earshot.become.Become;
import dev.earshot.become.Escalation;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.ShellOutcome;
import java.util.Map;
import java.util.Optional;

/// Asks one host everything, in one go.
final class HostCollector {

  private final InventoryHost host;
  private final HostShell shell;
  private final ProbeProgram program;
  private final ShellLimits limits;

  private HostCollector(
      InventoryHost host, HostShell shell, ProbeProgram program, ShellLimits limits) {
    this.host = host;
    this.shell = shell;
    this.program = program;
    this.limits = limits;
  }

  /// What the host answered, or why it did not. Never throws for anything that a host can do.
  ///
  /// @param become whom to become for it
  static HostRecording collect(
      InventoryHost host,
      Optional<Become> become,
      HostShell shell,
      ProbeProgram program,
      ShellLimits limits) {
    HostCollector collector = new HostCollector(host, shell, program, limits);
    return become.map(collector::askAs).orElseGet(() -> collector.ask(Optional.empty()));
  }

  /// A host that does not let us become somebody still answers what anybody may ask.
  private HostRecording askAs(Become become) {
    Stopwatch watch = new Stopwatch(shell, program);
    return switch (new Escalation(become)
        .run(watch.shell(), ProbeProgram.COMMAND, program.text(), watch.output(), limits)) {
      case Escalation.Result.Became(ShellOutcome outcome) ->
          recording(outcome, watch, Optional.empty());
      case Escalation.Result.Unreachable(String reason) -> HostRecording.unreachable(host, reason);
      case Escalation.Result.Refused(String reason) ->
          ask(Optional.of("asked as the login user, without become: " + reason));
    };
  }

  /// @param reservation what is to be said of the answers beside what goes wrong now
  private HostRecording ask(Optional<String> reservation) {
    Stopwatch watch = new Stopwatch(shell, program);
    ShellOutcome outcome =
        watch.shell().run(ProbeProgram.COMMAND, program.text(), watch.output(), limits);
    return recording(outcome, watch, reservation);
  }

  private HostRecording recording(
      ShellOutcome outcome, Stopwatch watch, Optional<String> reservation) {
    String text = watch.text();
    Optional<String> trouble =
        switch (outcome) {
          case ShellOutcome.Unreachable(String reason) -> Optional.of(reason);
          case ShellOutcome.Broken(String reason, _) -> Optional.of(reason);
          case ShellOutcome.Finished(int exitStatus, String errors) ->
              NoAnswer.interruption(exitStatus, errors);
        };
    var answers = Answers.parse(program, text);
    if (answers.isEmpty()) {
      return HostRecording.unreachable(
          host, both(Optional.of(NoAnswer.reason(outcome, text)), reservation).orElseThrow());
    }
    return new HostRecording(
        host, Optional.empty(), both(trouble, reservation), watch.begun(), Map.copyOf(answers));
  }

  private static Optional<String> both(Optional<String> one, Optional<String> other) {
    return one.isEmpty()
        ? other
        : Optional.of(one.get() + other.map(more -> "; " + more).orElse(""));
  }
}
