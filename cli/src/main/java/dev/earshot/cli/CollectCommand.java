package dev.earshot.cli;

import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Shard;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingException;
import dev.earshot.report.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Asks hosts and keeps what they answer, to be judged elsewhere: a whole fleet, or the part of it
/// that falls to this machine.
@Command(
    name = "collect",
    description = {
      "Ask the hosts of an inventory and keep what they answer, for 'earshot report' to judge.",
      "With --shard only a part of them, for 'earshot merge': so that several machines share a large fleet."
    },
    mixinStandardHelpOptions = true)
final class CollectCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin final LookOptions look;
  @Mixin ShardOptions shards = new ShardOptions();

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell each host as it is finished.")
  boolean verbose;

  CollectCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.look = new LookOptions(terminal, surroundings);
  }

  @Override
  public Integer call() {
    look.refuseUnsaved();
    look.verbose = verbose;
    Optional<Shard> shard = shards.shard(surroundings.environment());
    PolicyFile declared = look.policyFile();
    FleetRecording recording = look.look(declared, _ -> {}, shard);
    Optional<RecordingException> unsaved = look.keep(recording, Judging.USUAL, declared);
    if (unsaved.isPresent()) {
      throw unsaved.get();
    }
    Set<HostName> asked = asked(recording);
    long silent =
        recording.hosts().stream()
            .filter(host -> asked.contains(host.host().name()))
            .filter(host -> host.unreachable().isPresent())
            .count();
    if (!look.quiet) {
      terminal.progress(
          "%d of %d hosts answered%s; kept in %s"
              .formatted(
                  asked.size() - silent,
                  asked.size(),
                  shard.map(part -> ", part " + part).orElse(""),
                  look.save));
    }
    return silent == 0 ? ExitCode.CLEAN.status() : ExitCode.INCOMPLETE.status();
  }

  private static Set<HostName> asked(FleetRecording recording) {
    List<HostName> fleet = recording.hosts().stream().map(host -> host.host().name()).toList();
    return recording.shard().map(shard -> shard.of(fleet)).orElseGet(() -> Set.copyOf(fleet));
  }
}
