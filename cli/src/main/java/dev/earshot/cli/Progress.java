package dev.earshot.cli;

import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.Millis;
import dev.earshot.text.Printable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells on standard error how far the audit is; a line for each host that could not be asked.
final class Progress {

  private final Terminal terminal;
  private final int hosts;
  private final AtomicInteger done = new AtomicInteger();

  Progress(Terminal terminal, int hosts) {
    this.terminal = terminal;
    this.hosts = hosts;
  }

  void begin(Duration window) {
    terminal.progress(
        "Asking %d %s; the counters are read twice, %.0f s apart…"
            .formatted(hosts, hosts == 1 ? "host" : "hosts", Millis.of(window) / 1000));
  }

  /// From any thread.
  synchronized void done(HostRecording recording) {
    int finished = done.incrementAndGet();
    recording
        .unreachable()
        .or(recording::interrupted)
        .filter(reason -> !reason.equals(HostRecording.MANAGED))
        .ifPresent(reason ->
            terminal.progress(Printable.of("%s: %s".formatted(recording.host().name(), reason))));
    if (finished == hosts) {
      terminal.progress("All %d asked.".formatted(hosts));
    }
  }
}
