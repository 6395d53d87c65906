package dev.earshot.cli;

import dev.earshot.collect.FleetCollector;
import dev.earshot.collect.Target;
import dev.earshot.collect.Targets;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.Readings;
import dev.earshot.evidence.Shard;
import dev.earshot.inventory.Host;
import dev.earshot.policy.PolicyFile;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.Judging;
import dev.earshot.recording.RecordingException;
import dev.earshot.remote.RemotePoller;
import dev.earshot.ssh.SshTransport;
import dev.earshot.topology.Destination;
import dev.earshot.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How the hosts of an inventory are looked at: which ones, how to get in, for how long, and where
/// what they answered is kept.
final class LookOptions {

  private static final Duration USUAL_WINDOW = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin final InventoryOptions inventory;
  @Mixin ConnectionOptions connection = new ConnectionOptions();
  @Mixin final PolicyOptions policy;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      converter = WindowConverter.class,
      description =
          "Time between the two samples of every counter; longer sees more requests, 0 takes one"
              + " sample and judges no rates (default: 10s).")
  @Nullable Duration window;

  @Option(
      names = "--deep",
      description =
          "Look at the tables and indexes of PostgreSQL's databases, too: empty room, unused, redundant and missing indexes, sequences near their end.")
  boolean deep;

  @Mixin RemoteOptions remote = new RemoteOptions();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Keep what the hosts answered, without secrets, for 'earshot report' on any machine.")
  @Nullable Path save;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell nothing while hosts are asked.")
  boolean quiet;

  /// Of what the hosts answered.
  final Readings readings = new Readings();

  /// Services that hosts are to connect to, by what the hosts answered.
  Function<Topology, List<Destination>> tried = _ -> List.of();

  /// Hosts of the inventory that were not among those to look at.
  Set<HostName> leftOut = Set.of();

  /// Whether each host is told as it is finished; -v means this beside other things.
  boolean verbose;

  LookOptions(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.inventory = new InventoryOptions(terminal, surroundings);
    this.policy = new PolicyOptions(surroundings);
  }

  /// What `earshot.yml` says, if there is one.
  PolicyFile policyFile() {
    return policy.read(inventory.files(), terminal);
  }

  /// Looks at the hosts.
  ///
  /// @param declared says for how long, where the command line does not
  /// @param refusal throws where the chosen hosts can't be used, before any is asked
  FleetRecording look(PolicyFile declared, Consumer<List<Host>> refusal) {
    return look(declared, refusal, Optional.empty());
  }

  /// The same, of which only a part is asked; other instances are asked by the first part.
  FleetRecording look(PolicyFile declared, Consumer<List<Host>> refusal, Optional<Shard> shard) {
    Optional<RemotePoller> poller =
        remote.poller().filter(_ -> shard.isEmpty() || shard.get().number() == 1);
    FleetCollector.Settings settings =
        connection.settings(
            Optional.ofNullable(window).or(declared::window).orElse(USUAL_WINDOW),
            deep ? Depth.DEEP : Depth.USUAL);
    InventoryOptions.Chosen chosen = inventory.hosts();
    leftOut = chosen.leftOut();
    refusal.accept(chosen.hosts());
    Targets targets =
        Targets.of(
            chosen.hosts(),
            chosen.rendering(),
            connection.connections(inventory.configuration(), surroundings, terminal),
            surroundings);
    InventoryOptions.refuse(targets.problems(), terminal);
    List<Target> asked = asked(targets.targets(), declared);
    return poller
        .map(others -> others.around(() -> collect(asked, shard, settings)))
        .map(watched -> watched.made().with(watched.remotes()))
        .orElseGet(() -> collect(asked, shard, settings));
  }

  /// The same targets, with what the admin wants to know beside.
  private static List<Target> asked(List<Target> targets, PolicyFile declared) {
    Map<HostName, List<CustomQuestion>> questions =
        declared.questions(targets.stream().map(Target::host).toList());
    return targets.stream()
        .map(target -> target.asked(questions.getOrDefault(target.host().name(), List.of())))
        .toList();
  }

  /// For a command that does nothing with answers but keep them.
  void refuseUnsaved() {
    if (save == null) {
      throw new UsageException(List.of("--save says where to keep what the hosts answer"));
    }
    KeptEvidence.obstacle(save)
        .ifPresent(obstacle -> {
          throw new UsageException(List.of(obstacle));
        });
  }

  /// Keeps the answers, where that is wanted.
  ///
  /// @param declared by which it was judged
  /// @return what went wrong, to be thrown after the report
  Optional<RecordingException> keep(
      FleetRecording recording, Judging judging, PolicyFile declared) {
    return Optional.ofNullable(save)
        .flatMap(file ->
            KeptEvidence.keep(
                recording, judging.declared(PolicyOptions.kept(declared, terminal)), file));
  }

  private FleetRecording collect(
      List<Target> targets, Optional<Shard> shard, FleetCollector.Settings settings) {
    int hosts = shard.map(part -> part.size(targets.size())).orElse(targets.size());
    Progress progress =
        new Progress(terminal, verbose, new Headway(hosts, settings.forks(), settings.window()));
    try (SshTransport transport = connection.transport(terminal);
        StatusLine.Showing _ = quiet ? () -> {} : progress.show()) {
      return new FleetCollector(transport, settings, readings)
          .trying(tried)
          .collect(
              targets,
              shard,
              Instant.now().truncatedTo(ChronoUnit.SECONDS),
              quiet ? _ -> {} : progress::take);
    }
  }
}
