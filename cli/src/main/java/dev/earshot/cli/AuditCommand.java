package dev.earshot.cli;

import dev.earshot.anonymity.Pseudonyms;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The whole way: inventory, hosts, evidence, report.
@Command(
    name = "audit",
    description = "Audit the hosts of an inventory.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin final LookOptions look;
  @Mixin ReportOptions report = new ReportOptions();

  AuditCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.look = new LookOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    report.refuseUnwritable(look.save);
    Optional<FleetRecording> baseline = report.baseline(terminal);
    FleetRecording seen = look.look(_ -> {});
    Optional<Pseudonyms> names = report.writing.pseudonyms(seen, baseline);
    FleetRecording recording = names.map(all -> all.of(seen)).orElse(seen);
    Optional<RecordingException> unsaved = look.keep(recording, report.judging());
    int exitCode =
        report.render(
            recording,
            report.judging(),
            baseline.map(old -> names.map(all -> all.of(old)).orElse(old)),
            terminal);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    return exitCode;
  }
}
