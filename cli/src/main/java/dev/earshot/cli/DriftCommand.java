package dev.earshot.cli;

import dev.earshot.check.Fleet;
import dev.earshot.check.Profile;
import dev.earshot.check.Severity;
import dev.earshot.drift.Drift;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.NewRun;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.SavedAudit;
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
import java.util.stream.Stream;
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
      paramLabel = "PROFILE",
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
    PolicyFile beside = look.policyFile();
    Baseline from = from();
    Optional<Baseline.Last> kept = from.last();
    if (kept.isEmpty() && !update) {
      throw new UsageException(
          List.of("there is no %s: --update makes the first one".formatted(from.label())));
    }
    look.quiet = true;
    Optional<SavedAudit> given =
        Optional.ofNullable(evidence).map(file -> KeptEvidence.open(file, terminal));
    Rule rule =
        rule(
            kept.map(Baseline.Last::judging).orElse(Judging.USUAL),
            given.map(SavedAudit::judging),
            beside);
    FleetRecording recording =
        given
            .map(SavedAudit::recording)
            .orElseGet(() -> look.look(rule.declared(), _ -> refuseForgetful(kept)));
    Optional<Drift> drift = kept.map(old -> drift(limited(old.recording()), recording, rule));
    write(report(drift, kept, recording));
    look.keep(recording, rule.judging(), rule.declared())
        .ifPresent(unsaved -> {
          throw unsaved;
        });
    if (update) {
      refuseIncomplete(recording, Optional.ofNullable(look.inventory.limit));
      Judging judging = rule.judging().declared(PolicyOptions.kept(rule.declared(), terminal));
      from.replace(recording, judging, () -> newRun(recording, rule, judging));
      return ExitCode.CLEAN.status();
    }
    return drift.filter(one -> !one.changes().isEmpty()).isPresent()
        ? ExitCode.DRIFT.status()
        : ExitCode.CLEAN.status();
  }

  /// A host that could not be asked would be as before from then on.
  private static void refuseIncomplete(FleetRecording recording, Optional<String> limit) {
    List<String> silent =
        recording.hosts().stream()
            .filter(host -> host.unreachable().isPresent())
            .map(host -> Printable.of(host.host().name().value()))
            .toList();
    if (!silent.isEmpty()) {
      int shown = Math.min(5, silent.size());
      throw new UsageException(
          List.of(
              "%d of %d hosts could not be asked (%s), so this is no baseline, and the old one stays: mend them, or keep one of the others with --limit '%s:!%s'%s, in a file of its own"
                  .formatted(
                      silent.size(),
                      recording.hosts().size(),
                      String.join(", ", silent.subList(0, shown)),
                      limit.orElse("all"),
                      String.join(":!", silent.subList(0, shown)),
                      shown < silent.size() ? " and so on" : "")));
    }
  }

  /// The baseline without the hosts that `--limit` leaves out: they were not asked, and have not
  /// changed.
  private FleetRecording limited(FleetRecording baseline) {
    return new FleetRecording(
        baseline.takenAt(),
        baseline.window(),
        baseline.version(),
        baseline.depth(),
        baseline.hosts().stream()
            .filter(host -> !look.leftOut.contains(host.host().name()))
            .toList(),
        baseline.remotes(),
        baseline.shard());
  }

  /// Answers of different days are no audit, so the others' could not stay beside the new ones.
  private void refuseForgetful(Optional<Baseline.Last> kept) {
    List<String> forgotten =
        kept.stream()
            .flatMap(old -> old.recording().hosts().stream())
            .map(host -> host.host().name())
            .filter(look.leftOut::contains)
            .map(name -> Printable.of(name.value()))
            .toList();
    if (update && !forgotten.isEmpty()) {
      throw new UsageException(
          List.of(
              "--update would forget hosts of the baseline that --limit leaves out (%s): accept the whole inventory, or keep a baseline of some hosts in a file of its own"
                  .formatted(
                      String.join(", ", forgotten.subList(0, Math.min(5, forgotten.size())))
                          + (forgotten.size() > 5 ? " and so on" : ""))));
    }
  }

  /// By what both audits are judged.
  ///
  /// @param judging what was said of it
  private record Rule(Judging judging, PolicyFile declared) {}

  /// What is said now holds, then what the evidence was told, then what the baseline was told: its
  /// profile only where nothing declares one, its policy only where no host is asked.
  private Rule rule(Judging baseline, Optional<Judging> evidence, PolicyFile beside) {
    Judging now =
        evidence
            .orElse(Judging.USUAL)
            .with(new Judging(Optional.empty(), Optional.ofNullable(profile)));
    PolicyFile declared =
        evidence.isPresent() && beside.text().isEmpty()
            ? look.policy.read(baseline.with(now), terminal)
            : beside;
    Judging before =
        declared.profile().isPresent()
            ? new Judging(baseline.arrivals(), Optional.empty())
            : baseline;
    return new Rule(before.with(now), declared);
  }

  /// What only one of them looked at has not changed.
  private Drift drift(FleetRecording before, FleetRecording after, Rule rule) {
    Depth common = before.depth() == after.depth() ? after.depth() : Depth.USUAL;
    return Drift.between(fleet(before.at(common), rule), fleet(after.at(common), rule));
  }

  private Baseline from() {
    if (baseline != null) {
      return new Baseline.OfFile(baseline);
    }
    HistoryLocation location =
        history
            .location()
            .orElseThrow(() ->
                new UsageException(
                    List.of("with --no-history, --baseline has to name what to compare with")));
    return new Baseline.OfHistory(location, history.inventory(look.inventory));
  }

  private NewRun newRun(FleetRecording recording, Rule rule, Judging judging) {
    AuditReport report =
        ReportAssembly.assemble(fleet(recording, rule), Optional.empty(), Main.version());
    return new NewRun(
        history.inventory(look.inventory),
        report,
        recording,
        judging,
        ExitCode.of(report, rule.declared().failOn().orElse(Severity.HIGH)).status());
  }

  private Fleet fleet(FleetRecording recording, Rule rule) {
    return Judgement.of(recording, rule.judging(), rule.declared(), Optional.empty(), terminal)
        .fleet();
  }

  private static DriftReport report(
      Optional<Drift> drift, Optional<Baseline.Last> before, FleetRecording now) {
    return drift
        .map(one ->
            DriftReport.of(
                one, before.orElseThrow().recording().takenAt(), now.takenAt(), Main.version()))
        .orElseGet(() -> DriftReport.first(now.takenAt(), Main.version()));
  }

  private void write(DriftReport report) {
    writing.write(
        (format, _, out) -> {
          if (format == ReportFormat.JSON) {
            new DriftJsonRenderer().render(report, out);
          } else {
            new DriftRenderer(writing.verbose).render(report, out);
          }
        },
        terminal);
  }

  private void refuseUnwritable() {
    List<String> problems =
        writing.unwritable(
            look.save,
            Stream.of(evidence, baseline)
                .flatMap((@Nullable Path file) -> Stream.ofNullable(file))
                .toList());
    if (update && baseline != null) {
      KeptEvidence.obstacle(baseline).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
