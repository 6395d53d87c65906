package dev.earshot.cli;

import dev.earshot.collect.FleetCollector;
import dev.earshot.collect.Target;
import dev.earshot.collect.Targets;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingException;
import dev.earshot.recording.RecordingStore;
import dev.earshot.ssh.SshTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The whole way: inventory, hosts, evidence, report.
@Command(
    name = "audit",
    description = "Audit the hosts of an inventory.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin final InventoryOptions inventory;
  @Mixin ConnectionOptions connection = new ConnectionOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      converter = WindowConverter.class,
      description =
          "Time between the two samples of every counter; longer sees more requests (default: 10s).")
  Duration window = Duration.ofSeconds(10);

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Keep what the hosts answered, without secrets, for 'earshot report' on any machine.")
  @Nullable Path save;

  AuditCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.inventory = new InventoryOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    report.refuseUnwritable(save);
    FleetCollector.Settings settings = connection.settings(window);
    InventoryOptions.Chosen chosen = inventory.hosts();
    Targets targets =
        Targets.of(
            chosen.hosts(),
            chosen.rendering(),
            connection.connections(inventory.configuration(), surroundings, terminal));
    InventoryOptions.refuse(targets.problems(), terminal);

    FleetRecording recording = collect(targets.targets(), settings);
    Optional<RecordingException> unsaved = save(recording);
    int exitCode = report.render(recording, terminal);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    return exitCode;
  }

  /// What went wrong is told after the report: an audit that can't be kept can still be read.
  private Optional<RecordingException> save(FleetRecording recording) {
    if (save == null) {
      return Optional.empty();
    }
    try {
      RecordingStore.save(recording, save);
      return Optional.empty();
    } catch (RecordingException unsaved) {
      return Optional.of(unsaved);
    }
  }

  private FleetRecording collect(List<Target> targets, FleetCollector.Settings settings) {
    Progress progress = new Progress(terminal, targets.size());
    progress.begin(settings.window());
    try (SshTransport transport = connection.transport(terminal)) {
      return new FleetCollector(transport, settings)
          .collect(targets, Instant.now().truncatedTo(ChronoUnit.SECONDS), progress::done);
    }
  }
}
