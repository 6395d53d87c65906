package dev.earshot.collect;

import dev.earshot.connection.Route;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.ssh.Forwarding;
import dev.earshot.ssh.ShellLimits;
import dev.earshot.ssh.SshTarget;
import dev.earshot.ssh.SshTransport;
import dev.earshot.topology.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Has the hosts' SSH servers connect to services: for the round trips that are still missing, and
/// to see whether a port is open.
final class Tunnels implements Afterwards {

  /// Each may take five connections of 3 s.
  private static final int MOST_SERVICES = 16;

  private static final Duration PATIENCE = TunnelRtt.PROBE.deadline();

  private static final Question QUESTION = new Question(TunnelRtt.PROBE.id(), Moment.ONCE);

  private final SshTransport transport;
  private final ShellLimits limits;
  private final Map<HostName, List<Destination>> wanted;

  Tunnels(SshTransport transport, Duration connect, List<Destination> wanted) {
    this.transport = transport;
    this.limits = new ShellLimits(connect, connect.plus(PATIENCE), 1);
    this.wanted = wanted.stream().collect(Collectors.groupingBy(Destination::from));
  }

  @Override
  public boolean concerns(Target target) {
    return target.route() instanceof Route.Ssh && wanted.containsKey(target.host().name());
  }

  @Override
  public HostRecording ask(Target target, HostRecording recording) {
    return target.route() instanceof Route.Ssh(var ssh, var _)
        ? recording.later(QUESTION, ask(ssh, wanted.getOrDefault(target.host().name(), List.of())))
        : recording;
  }

  private CommandResult ask(SshTarget ssh, List<Destination> services) {
    List<Destination> asked = services.stream().limit(MOST_SERVICES).toList();
    List<Forwarding.Service> to =
        asked.stream()
            .map(each -> new Forwarding.Service(each.address().value(), each.port()))
            .toList();
    return switch (transport.timeForwarding(ssh, to, limits)) {
      case Forwarding.Unreachable(String reason) ->
          new CommandResult(CommandResult.COULD_NOT_LOOK, reason + "\n", false);
      case Forwarding.Timed timed -> CommandResult.of(TunnelRtt.text(tunnels(asked, timed)));
    };
  }

  private static List<TunnelRtt> tunnels(List<Destination> asked, Forwarding.Timed timed) {
    List<TunnelRtt> tunnels = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Destination service = asked.get(i);
      Forwarding.Times times = timed.services().get(i);
      tunnels.add(
          new TunnelRtt(
              service.to(),
              service.address(),
              service.port(),
              times.opened(),
              timed.own(),
              times.refusal(),
              times.closed()));
    }
    return tunnels;
  }
}
