package dev.earshot.collect;

import dev.earshot.become.Become;
import dev.earshot.connection.Route;
import dev.earshot.dns.NameLookup;
import dev.earshot.evidence.CustomQuestion;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetEvidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.Readings;
import dev.earshot.evidence.Shard;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.postgres.TunnelSocket;
import dev.earshot.redaction.Redactor;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTarget;
import dev.earshot.ssh.SshTransport;
import dev.earshot.topology.Destination;
import dev.earshot.topology.KnownName;
import dev.earshot.topology.Topology;
import dev.earshot.topology.Unmeasured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks all hosts at once, each on a virtual thread of its own.
public final class FleetCollector {

  /// Where PostgreSQL listens unless told otherwise.
  private static final int POSTGRESQL = 5432;

  private static final long OUTPUT_LIMIT = 24L << 20;

  /// What probing may take beside the window: the slowest probe's deadline, and some.
  private static final Duration PROBING = Duration.ofMinutes(3);

  /// How to ask.
  ///
  /// @param window between the two samples
  /// @param connect for reaching a host and logging in
  /// @param forks hosts asked at the same time
  /// @param version of Earshot, for the record
  public record Settings(
      Duration window, Depth depth, Duration connect, int forks, String version) {}

  private final SshTransport transport;
  private final Settings settings;
  private final Readings readings;
  private final Duration probing;
  private final Supplier<NameLookup> dns;
  private final Function<Topology, List<Destination>> tried;

  /// @param readings of what hosts answer, for whoever judges it
  public FleetCollector(SshTransport transport, Settings settings, Readings readings) {
    this(transport, settings, readings, PROBING, NameLookup::ofThisMachine, _ -> List.of());
  }

  FleetCollector(
      SshTransport transport,
      Settings settings,
      Readings readings,
      Duration probing,
      Supplier<NameLookup> dns) {
    this(transport, settings, readings, probing, dns, _ -> List.of());
  }

  private FleetCollector(
      SshTransport transport,
      Settings settings,
      Readings readings,
      Duration probing,
      Supplier<NameLookup> dns,
      Function<Topology, List<Destination>> tried) {
    this.transport = transport;
    this.settings = settings;
    this.readings = readings;
    this.probing = probing;
    this.dns = dns;
    this.tried = tried;
  }

  /// One that also has hosts connect to these services, whatever is known of their distance.
  ///
  /// @param services by what the hosts answered
  public FleetCollector trying(Function<Topology, List<Destination>> services) {
    return new FleetCollector(transport, settings, readings, probing, dns, services);
  }

  /// The answers of all targets, in their order.
  ///
  /// @param steps told how far it has come, from any thread
  public FleetRecording collect(List<Target> targets, Instant now, Consumer<Step> steps) {
    return collect(targets, Optional.empty(), now, steps);
  }

  /// The same, of which only a part is asked. It measures its hosts' way to all others, and keeps
  /// what the inventory says of these.
  ///
  /// @param shard the part, if it is not all
  public FleetRecording collect(
      List<Target> fleet, Optional<Shard> shard, Instant now, Consumer<Step> steps) {
    PeerList peers = new PeerList(fleet.stream().map(Target::host).toList());
    Set<HostName> part = part(fleet, shard);
    List<Target> targets =
        fleet.stream().filter(target -> part.contains(target.host().name())).toList();
    List<HostRecording> answered =
        all(
            targets,
            at -> {
              Target target = targets.get(at);
              steps.accept(new Step.Called(target.host().name()));
              HostRecording recording =
                  Redactor.redact(
                      askSafely(
                          target,
                          peers,
                          () -> steps.accept(new Step.Answering(target.host().name()))));
              steps.accept(new Step.Finished(recording));
              return recording;
            });
    FleetRecording recording = whole(fleet, shard, now, answered);
    FleetEvidence evidence = readings.of(recording, Optional.empty());
    Topology topology = Topology.of(evidence);
    List<Afterwards> afterwards =
        List.of(
            new Tunnels(
                transport,
                settings.connect(),
                Stream.concat(
                        tried.apply(topology).stream(),
                        Unmeasured.of(topology, elsewhere(fleet, part)).stream())
                    .distinct()
                    .toList()),
            new ServiceNames(dns, KnownName.of(evidence)));
    int concerned =
        (int)
            targets.stream()
                .filter(target -> afterwards.stream().anyMatch(each -> each.concerns(target)))
                .count();
    if (concerned == 0) {
      return recording;
    }
    steps.accept(new Step.Timing(concerned));
    return whole(
        fleet,
        shard,
        now,
        all(targets, at -> afterwards(afterwards, targets.get(at), answered.get(at))));
  }

  private static Set<HostName> part(List<Target> fleet, Optional<Shard> shard) {
    Set<HostName> names =
        fleet.stream().map(target -> target.host().name()).collect(Collectors.toSet());
    return shard.map(part -> part.of(names)).orElse(names);
  }

  /// Where the databases of other parts would be.
  private static Map<HostName, Integer> elsewhere(List<Target> fleet, Set<HostName> part) {
    return fleet.stream()
        .filter(target -> !part.contains(target.host().name()))
        .collect(
            Collectors.toMap(
                target -> target.host().name(),
                target -> target.postgres().map(PostgresServer::port).orElse(POSTGRESQL)));
  }

  private FleetRecording whole(
      List<Target> fleet, Optional<Shard> shard, Instant now, List<HostRecording> answered) {
    Map<HostName, HostRecording> asked =
        answered.stream()
            .collect(Collectors.toMap(recording -> recording.host().name(), each -> each));
    Map<HostName, Shard> parts =
        Shard.parts(
            fleet.stream().map(target -> target.host().name()).toList(),
            shard.map(Shard::count).orElse(1));
    return new FleetRecording(
        now,
        settings.window(),
        settings.version(),
        settings.depth(),
        fleet.stream()
            .map(target ->
                Optional.ofNullable(asked.get(target.host().name()))
                    .orElseGet(() ->
                        HostRecording.leftTo(
                            Objects.requireNonNull(parts.get(target.host().name())),
                            target.host())))
            .toList(),
        List.of(),
        shard);
  }

  private static HostRecording afterwards(
      List<Afterwards> questions, Target target, HostRecording recording) {
    HostRecording whole = recording;
    for (Afterwards question : questions) {
      if (question.concerns(target)) {
        try {
          whole = Redactor.redact(question.ask(target, whole));
        } catch (RuntimeException | StackOverflowError _) {
          // a defect of ours: the question stays unanswered, and is reported as such
        }
      }
    }
    return whole;
  }

  /// In the order of the targets, as many at a time as is allowed.
  private List<HostRecording> all(List<Target> targets, IntFunction<HostRecording> each) {
    Semaphore forks = new Semaphore(settings.forks());
    List<Future<HostRecording>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int target = 0; target < targets.size(); target++) {
        int at = target;
        running.add(
            threads.submit(() -> {
              forks.acquire();
              try {
                return each.apply(at);
              } finally {
                forks.release();
              }
            }));
      }
      return running.stream().map(this::result).toList();
    }
  }

  /// A defect of ours costs one host, never the audit.
  private HostRecording askSafely(Target target, PeerList peers, Runnable answering) {
    try {
      return ask(target, peers, answering);
    } catch (RuntimeException | StackOverflowError defect) {
      return HostRecording.unreachable(
          target.host(), "a defect in Earshot, please report it: " + defect);
    }
  }

  private HostRecording ask(Target target, PeerList peers, Runnable answering) {
    return switch (target.route()) {
      case Route.Local(var become) ->
          run(target, become, watched(new LocalShell(), answering), peers, Opener::direct);
      case Route.Ssh(var ssh, var become) ->
          run(target, become, watched(transport.shellOn(ssh), answering), peers, through(ssh));
      case Route.Managed(var server) ->
          PostgresCollector.directly(server, settings.connect())
              .managed(target.host(), settings.window(), settings.depth(), target.custom());
      case Route.NotContacted(String reason) -> HostRecording.unreachable(target.host(), reason);
    };
  }

  private HostRecording run(
      Target target, Optional<Become> become, HostShell shell, PeerList peers, Opener opener) {
    Supplier<HostRecording> asking = () -> byShell(target, become, shell, peers);
    return target
        .postgres()
        .map(server ->
            new PostgresCollector(new PostgresSession(server, opener, settings.connect()))
                .beside(asking, settings.window(), settings.depth(), target.custom()))
        .orElseGet(asking);
  }

  /// The same shell; the first that a program prints is told.
  private static HostShell watched(HostShell shell, Runnable answering) {
    return (command, conversation, output, limits) ->
        shell.run(command, conversation, new FirstByte(output, answering), limits);
  }

  /// Its PostgreSQL as the host itself reaches it.
  private Opener through(SshTarget ssh) {
    return (server, within) ->
        new TunnelSocket(transport.tunnel(ssh, server.host(), server.port(), within));
  }

  private HostRecording byShell(
      Target target, Optional<Become> become, HostShell shell, PeerList peers) {
    return HostCollector.collect(
        target.host(),
        become,
        shell,
        ProbeProgram.of(
            settings.window(), settings.depth(), target.custom(), peers.of(target.host().name())),
        limits(target.custom()));
  }

  private ShellLimits limits(List<CustomQuestion> custom) {
    Duration more =
        custom.stream()
            .map(question -> question.probe().deadline())
            .reduce(Duration.ZERO, Duration::plus);
    return new ShellLimits(
        settings.connect(),
        settings.connect().plus(settings.window()).plus(probing).plus(more),
        OUTPUT_LIMIT);
  }

  private HostRecording result(Future<HostRecording> running) {
    try {
      return running.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the audit was interrupted");
    } catch (ExecutionException defect) {
      throw new IllegalStateException("asking a host failed", defect.getCause());
    }
  }
}
