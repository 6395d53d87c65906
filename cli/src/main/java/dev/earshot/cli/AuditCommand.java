package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
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
    look.verbose = report.writing.verbose;
    PolicyFile declared = look.policyFile();
    FleetRecording recording = look.look(declared, _ -> {});
    Optional<RecordingException> unsaved = look.keep(recording);
    int exitCode = report.render(recording, declared, terminal);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    return exitCode;
  }
}
