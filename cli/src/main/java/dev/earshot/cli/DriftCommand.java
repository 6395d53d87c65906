package dev.earshot.cli;

import dev.earshot.check.Fleet;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.drift.Drift;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.NewRun;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.report.AuditReport;
import dev.earshot.report.DriftReport;
import dev.earshot.report.ExitCode;
import dev.earshot.report.ReportAssembly;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.json.DriftJsonRenderer;
import dev.earshot.report.terminal.DriftRenderer;
import dev.earshot.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is different from an audit that was found good: for cron, silent where nothing is.
@Command(
    name = "drift",
    description = {
      "Audit the hosts of an inventory, and tell what has changed since a baseline, or since the last audit in the history.",
      "Prints nothing and ends with 0 where nothing has."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 nothing changed, or it was accepted; 2 wrong use; 4 drift."})
final class DriftCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin final LookOptions look;
  @Mixin DriftReports writing = new DriftReports();
  @Mixin final HistoryOptions history;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "The audit to compare with: what --save or --update wrote (default: the inventory's last audit in the history).")
  @Nullable Path baseline;

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Compare saved evidence instead of asking the hosts.")
  @Nullable Path evidence;

  @Option(
      names = "--update",
      description = "Accept what is: it becomes the baseline, and the exit code is 0.")
  boolean update;

  @Option(
      names = "--profile",
      completionCandidates = Labels.OfProfiles.class,
      description = "What the fleet is meant for: ${COMPLETION-CANDIDATES} (default: as seen).")
  Profile.@Nullable Intent profile;

  DriftCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.look = new LookOptions(terminal, surroundings);
    this.history = new HistoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    refuseUnwritable();
    PolicyFile declared = look.policyFile();
    Baseline from = from(declared);
    Optional<FleetRecording> kept = from.last();
    if (kept.isEmpty() && !update) {
      throw new UsageException(
          List.of("there is no %s: --update makes the first one".formatted(from.label())));
    }
    look.quiet = true;
    FleetRecording recording =
        evidence == null
            ? look.look(declared, _ -> {})
            : KeptEvidence.open(evidence, terminal).recording();
    Optional<Drift> drift = kept.map(old -> drift(old, recording, declared));
    write(report(drift, kept, recording));
    look.keep(recording, judging(), declared)
        .ifPresent(unsaved -> {
          throw unsaved;
        });
    if (update) {
      refuseIncomplete(recording);
      from.replace(recording);
      return ExitCode.CLEAN.status();
    }
    return drift.filter(one -> !one.changes().isEmpty()).isPresent()
        ? ExitCode.DRIFT.status()
        : ExitCode.CLEAN.status();
  }

  /// A host that could not be asked would be as before from then on.
  private static void refuseIncomplete(FleetRecording recording) {
    List<String> silent =
        recording.hosts().stream()
            .filter(host -> host.unreachable().isPresent())
            .map(host -> Printable.of(host.host().name().value()))
            .toList();
    if (!silent.isEmpty()) {
      throw new UsageException(
          List.of(
              "%d of %d hosts could not be asked (%s), so this is no baseline, and the old one stays: leave them out with --limit, or mend them"
                  .formatted(
                      silent.size(),
                      recording.hosts().size(),
                      String.join(", ", silent.subList(0, Math.min(5, silent.size()))))));
    }
  }

  private Judging judging() {
    return new Judging(Optional.empty(), Optional.ofNullable(profile));
  }

  /// What only one of them looked at has not changed.
  private Drift drift(FleetRecording before, FleetRecording after, PolicyFile declared) {
    Depth common = before.depth() == after.depth() ? after.depth() : Depth.USUAL;
    return Drift.between(fleet(before.at(common), declared), fleet(after.at(common), declared));
  }

  private Baseline from(PolicyFile declared) {
    if (baseline != null) {
      return new Baseline.OfFile(baseline);
    }
    HistoryLocation location =
        history
            .location()
            .orElseThrow(() ->
                new UsageException(
                    List.of("with --no-history, --baseline has to name what to compare with")));
    return new Baseline.OfHistory(
        location, history.inventory(look.inventory), recording -> newRun(recording, declared));
  }

  private NewRun newRun(FleetRecording recording, PolicyFile declared) {
    AuditReport report =
        ReportAssembly.assemble(fleet(recording, declared), Optional.empty(), Main.version());
    return new NewRun(
        history.inventory(look.inventory),
        report,
        recording,
        ExitCode.of(report, declared.failOn().orElse(Severity.HIGH)).status());
  }

  private Profile profile(FleetEvidence fleet, PolicyFile declared) {
    return Profile.of(Optional.ofNullable(profile).or(declared::profile), fleet);
  }

  private Fleet fleet(FleetRecording recording, PolicyFile declared) {
    FleetEvidence fleet = FleetEvidence.of(recording, Optional.empty());
    return Fleet.of(
        fleet, profile(fleet, declared), PolicyOptions.policy(declared, recording, terminal));
  }

  private static DriftReport report(
      Optional<Drift> drift, Optional<FleetRecording> before, FleetRecording now) {
    return drift
        .map(one ->
            DriftReport.of(one, before.orElseThrow().takenAt(), now.takenAt(), Main.version()))
        .orElseGet(() -> DriftReport.first(now.takenAt(), Main.version()));
  }

  private void write(DriftReport report) {
    writing.write(
        (format, _, out) -> {
          if (format == ReportFormat.JSON) {
            new DriftJsonRenderer().render(report, out);
          } else {
            new DriftRenderer(writing.verbose()).render(report, out);
          }
        },
        terminal);
  }

  private void refuseUnwritable() {
    List<String> problems = writing.unwritable(look.save);
    problems.addAll(writing.refused());
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
