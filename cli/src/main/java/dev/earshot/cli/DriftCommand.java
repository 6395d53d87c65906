package dev.earshot.cli;

import dev.earshot.check.Fleet;
import dev.earshot.check.Profile;
import dev.earshot.drift.Change;
import dev.earshot.drift.Drift;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingStore;
import dev.earshot.report.ExitCode;
import dev.earshot.text.Printable;
import java.nio.file.Files;
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
      "Audit the hosts of an inventory, and tell what has changed since a baseline.",
      "Prints nothing and ends with 0 where nothing has."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 nothing changed, or it was accepted; 2 wrong use; 4 drift."})
final class DriftCommand implements Callable<Integer> {

  /// Beyond these, one host that moved would fill a mail.
  private static final int MOST_LINES = 40;

  private final Terminal terminal;

  @Mixin final LookOptions look;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      required = true,
      description = "The audit to compare with: what --save or --update wrote.")
  Path baseline = Path.of("");

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
      description = "What the fleet is meant for: ${COMPLETION-CANDIDATES} (default: as seen).")
  Profile.@Nullable Intent profile;

  DriftCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.look = new LookOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    if (!Files.exists(baseline) && !update) {
      throw new UsageException(
          List.of(
              "there is no baseline %s: --update makes the first one"
                  .formatted(Printable.of(baseline.toString()))));
    }
    Optional<Fleet> before =
        Files.exists(baseline)
            ? Optional.of(fleet(KeptEvidence.open(baseline, terminal).recording()))
            : Optional.empty();
    look.quiet = true;
    FleetRecording recording =
        evidence == null ? look.look(_ -> {}) : KeptEvidence.open(evidence, terminal).recording();
    Optional<Drift> drift = before.map(old -> Drift.between(old, fleet(recording)));
    drift.ifPresent(one -> print(one, before.orElseThrow()));
    look.keep(recording, judging())
        .ifPresent(unsaved -> {
          throw unsaved;
        });
    if (update) {
      RecordingStore.save(recording, judging(), baseline);
      return ExitCode.CLEAN.status();
    }
    return drift.filter(one -> !one.changes().isEmpty()).isPresent()
        ? ExitCode.DRIFT.status()
        : ExitCode.CLEAN.status();
  }

  private Judging judging() {
    return new Judging(Optional.empty(), Optional.ofNullable(profile));
  }

  private Fleet fleet(FleetRecording recording) {
    FleetEvidence fleet = FleetEvidence.of(recording, Optional.empty());
    return Fleet.of(fleet, Profile.of(judging().profile(), fleet));
  }

  private void print(Drift drift, Fleet before) {
    if (drift.changes().isEmpty()) {
      return;
    }
    StringBuilder text =
        new StringBuilder(
            "%d changed since %s; %d still failing as before\n"
                .formatted(drift.changes().size(), before.evidence().takenAt(), drift.failing()));
    for (Change change : drift.changes().stream().limit(MOST_LINES).toList()) {
      text.append(Printable.of("%-9s  %s".formatted(change.state().label(), change.told())));
      text.append("\n           ").append(Printable.of(change.key())).append("\n");
    }
    if (drift.changes().size() > MOST_LINES) {
      text.append("and %d more\n".formatted(drift.changes().size() - MOST_LINES));
    }
    terminal.print(text);
  }
}
