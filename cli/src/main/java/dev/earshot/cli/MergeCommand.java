package dev.earshot.cli;

import static java.util.stream.Collectors.joining;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.NewRun;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.Parts;
import dev.earshot.recording.PolicyText;
import dev.earshot.recording.SavedAudit;
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
      "The parts may come in any order. One that is missing is named, and its hosts are told as not asked;",
      "of one that was collected twice, the later holds.",
      "The whole is kept in the history as an audit is."
    },
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "PART", arity = "1..*", description = "What 'collect --save' wrote.")
  List<Path> parts = new ArrayList<>();

  @Mixin SavedReports reports = new SavedReports();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Keep the whole, for 'earshot report' and 'earshot drift'.")
  @Nullable Path save;

  @Mixin final HistoryOptions history;

  MergeCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.history = new HistoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    reports.report.refuseUnwritable(save, parts);
    List<SavedAudit> audits =
        parts.stream().map(file -> KeptEvidence.open(file, terminal)).toList();
    Optional<HistoryLocation> kept = history.location();
    List<Parts.Part> given =
        IntStream.range(0, audits.size())
            .mapToObj(at -> new Parts.Part(parts.get(at).toString(), audits.get(at).recording()))
            .toList();
    Parts.Joined joined = joined(given);
    FleetRecording whole = joined.recording();
    List<SavedAudit> held =
        IntStream.range(0, audits.size())
            .filter(at -> joined.parts().contains(given.get(at)))
            .mapToObj(audits::get)
            .toList();
    SavedReports.Judged judged = reports.judge(whole, judging(held), parts.getFirst(), terminal);
    try {
      reports.write(judged, save, terminal, terminal);
    } finally {
      kept.ifPresent(location ->
          history.keep(
              location,
              new NewRun(
                  history.inventory(whole),
                  judged.report(),
                  whole,
                  judged.judging().declared(PolicyOptions.kept(judged.declared(), terminal)),
                  judged.exitCode())));
    }
    return judged.exitCode();
  }

  /// What all parts were told, wherever their machines have it.
  private Judging judging(List<SavedAudit> audits) {
    List<Judging> told = audits.stream().map(SavedAudit::judging).toList();
    long different =
        told.stream()
            .map(one -> one.declared(one.policy().map(PolicyText::withoutFolders)))
            .distinct()
            .count();
    if (different > 1 && !reports.policy.isNamed()) {
      throw new UsageException(
          List.of(
              "the parts were collected with different earshot.yml: say with --config which one holds"));
    }
    return told.getFirst();
  }

  private Parts.Joined joined(List<Parts.Part> given) {
    Parts.Joined joined = Parts.join(given);
    if (!joined.missing().isEmpty()) {
      terminal.progress(
          "missing: "
              + joined.missing().stream().map(shard -> "part " + shard).collect(joining(", ")));
    }
    joined.remarks().forEach(terminal::progress);
    return joined;
  }
}
