package dev.earshot.cli;

import static java.util.stream.Collectors.joining;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.policy.PolicyFile;
import dev.earshot.recording.Judging;
import dev.earshot.recording.Parts;
import dev.earshot.recording.RecordingStore;
import dev.earshot.recording.SavedAudit;
import dev.earshot.report.AuditReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Judges the parts of a fleet together, as if one machine had asked all of it.
@Command(
    name = "merge",
    description = {
      "Join what 'earshot collect --shard' kept on several machines, and judge it as one audit.",
      "The parts may come in any order. One that is missing is named, and its hosts are told as not reached."
    },
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "PART", arity = "1..*", description = "What 'collect --save' wrote.")
  List<Path> parts = new ArrayList<>();

  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Keep the whole, for 'earshot report' and 'earshot drift'.")
  @Nullable Path save;

  MergeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    report.refuseUnwritable(save);
    List<SavedAudit> audits =
        parts.stream().map(file -> KeptEvidence.open(file, terminal)).toList();
    FleetRecording whole = joined(audits);
    PolicyFile declared = policy.read(judging(audits), terminal);
    policy.refuseStrangersTasks(declared, report.writing, parts.getFirst().toString());
    Optional<FleetRecording> baseline = report.baseline(terminal);
    Judgement judgement = Judgement.of(whole, report.judging(), declared, baseline, terminal);
    AuditReport judged = judgement.report();
    Anonymity.Shown shown = report.anonymity.shown(judgement, judged);
    if (save != null) {
      RecordingStore.save(
          shown.recording(),
          report.judging().declared(PolicyOptions.kept(report.anonymity.kept(declared), terminal)),
          save);
    }
    report.write(shown.report(), terminal);
    return report.exitCode(judged, declared);
  }

  /// What all parts were told.
  private Judging judging(List<SavedAudit> audits) {
    List<Judging> told = audits.stream().map(SavedAudit::judging).distinct().toList();
    if (told.size() > 1 && !policy.isNamed()) {
      throw new UsageException(
          List.of(
              "the parts were collected with different earshot.yml: say with --config which one holds"));
    }
    return told.getFirst();
  }

  private FleetRecording joined(List<SavedAudit> audits) {
    Parts.Joined joined =
        Parts.join(
            IntStream.range(0, audits.size())
                .mapToObj(
                    at -> new Parts.Part(parts.get(at).toString(), audits.get(at).recording()))
                .toList());
    if (!joined.missing().isEmpty()) {
      terminal.progress(
          "missing: "
              + joined.missing().stream().map(shard -> "part " + shard).collect(joining(", ")));
    }
    return joined.recording();
  }
}
