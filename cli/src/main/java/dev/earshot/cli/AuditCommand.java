package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.NewRun;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingException;
import dev.earshot.report.AuditReport;
import java.util.List;
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
  @Mixin final HistoryOptions history;

  AuditCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.look = new LookOptions(terminal, surroundings);
    this.history = new HistoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    report.refuseUnwritable(look.save, List.of());
    look.verbose = report.writing.verbose;
    Optional<HistoryLocation> kept = history.location();
    PolicyFile declared = look.policyFile();
    Optional<FleetRecording> baseline = report.baseline(terminal);
    FleetRecording recording = look.look(declared, _ -> {});
    Judgement judgement =
        Judgement.of(recording, report.judging(), declared, baseline, terminal).with(look.readings);
    AuditReport judged = judgement.report();
    int exitCode = report.exitCode(judged, declared);
    Optional<RecordingException> unsaved;
    try {
      Anonymity.Shown shown = report.anonymity.shown(judgement, judged);
      unsaved = look.keep(shown.recording(), report.judging(), report.anonymity.kept(declared));
      report.write(shown.report(), terminal);
    } finally {
      kept.ifPresent(location ->
          history.keep(
              location,
              new NewRun(
                  history.inventory(look.inventory),
                  judged,
                  recording,
                  report.judging().declared(PolicyOptions.kept(declared, terminal)),
                  exitCode)));
    }
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    return exitCode;
  }
}
