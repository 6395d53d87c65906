package dev.earshot.collect;

import dev.earshot.become.Become;
import dev.earshot.connection.Route;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostRecording;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.postgres.TunnelSocket;
import dev.earshot.ssh.HostShell;
import dev.earshot.ssh.LocalShell;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTarget;
import dev.earshot.ssh.SshTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Asks all hosts at once, each on a virtual thread of its own.
public final class FleetCollector {

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
  private final Duration probing;

  public FleetCollector(SshTransport transport, Settings settings) {
    this(transport, settings, PROBING);
  }

  FleetCollector(SshTransport transport, Settings settings, Duration probing) {
    this.transport = transport;
    this.settings = settings;
    this.probing = probing;
  }

  /// The answers of all targets, in their order.
  ///
  /// @param done told of each host as it is finished, from any thread
  public FleetRecording collect(List<Target> targets, Instant now, Consumer<HostRecording> done) {
    PeerList peers = new PeerList(targets.stream().map(Target::host).toList());
    List<HostRecording> answered =
        all(
            targets,
            at -> {
              HostRecording recording = Redactor.redact(askSafely(targets.get(at), peers));
              done.accept(recording);
              return recording;
            });
    FleetRecording recording =
        new FleetRecording(
            now, settings.window(), settings.version(), settings.depth(), answered, List.of());
    Tunnels tunnels = new Tunnels(transport, settings.connect(), recording);
    if (targets.stream().noneMatch(tunnels::concern)) {
      return recording;
    }
    return new FleetRecording(
        now,
        settings.window(),
        settings.version(),
        settings.depth(),
        all(
            targets,
            at ->
                tunnels.concern(targets.get(at))
                    ? Redactor.redact(tunnels.ask(targets.get(at), answered.get(at)))
                    : answered.get(at)),
        List.of());
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
  private HostRecording askSafely(Target target, PeerList peers) {
    try {
      return ask(target, peers);
    } catch (RuntimeException defect) {
      return HostRecording.unreachable(
          target.host(), "a defect in Earshot, please report it: " + defect);
    }
  }

  private HostRecording ask(Target target, PeerList peers) {
    return switch (target.route()) {
      case Route.Local(var become) -> run(target, become, new LocalShell(), peers, Opener::direct);
      case Route.Ssh(var ssh, var become) ->
          run(target, become, transport.shellOn(ssh), peers, through(ssh));
      case Route.Managed(var server) ->
          PostgresCollector.directly(server, settings.connect())
              .managed(target.host(), settings.window(), settings.depth());
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
                .beside(asking, settings.window(), settings.depth()))
        .orElseGet(asking);
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
        ProbeProgram.of(settings.window(), settings.depth(), peers.of(target.host().name())),
        limits());
  }

  private ShellLimits limits() {
    return new ShellLimits(
        settings.connect(), settings.connect().plus(settings.window()).plus(probing), OUTPUT_LIMIT);
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
