package dev.earshot.cli;

import dev.earshot.collect.Step;
import dev.earshot.evidence.HostRecording;
import dev.earshot.report.layout.Figures;
import dev.earshot.text.Printable;
import java.time.Duration;

/// Tells on standard error how far an audit is: hosts that could not be asked and, where wanted,
/// all that were; at a terminal, the headway of all of them below that.
final class Progress {

  private final Terminal terminal;
  private final boolean verbose;
  private final Headway headway;
  private final long begun = System.nanoTime();

  /// @param verbose whether each host is told, not only those that fail
  Progress(Terminal terminal, boolean verbose, Headway headway) {
    this.terminal = terminal;
    this.verbose = verbose;
    this.headway = headway;
  }

  /// Shows the headway until closed.
  StatusLine.Showing show() {
    return terminal.status().show(() -> headway.line(now()));
  }

  /// From any thread.
  void take(Step step) {
    headway.take(step, now());
    if (step instanceof Step.Finished(HostRecording recording)) {
      tell(recording);
    }
  }

  private void tell(HostRecording recording) {
    recording
        .unreachable()
        .or(recording::interrupted)
        .filter(reason -> !reason.equals(HostRecording.MANAGED))
        .ifPresentOrElse(
            reason -> line(recording, reason),
            () -> {
              if (verbose) {
                line(recording, Figures.count(recording.answers().size(), "answer"));
              }
            });
  }

  private void line(HostRecording recording, String what) {
    terminal.progress(Printable.of("%s: %s".formatted(recording.host().name(), what)));
  }

  private Duration now() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
