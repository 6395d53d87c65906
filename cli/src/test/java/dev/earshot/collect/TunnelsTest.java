package dev.earshot.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.earshot.connection.Route;
import dev.earshot.evidence.Address;
import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.Depth;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.FleetRecording;
import dev.earshot.evidence.HostEvidence;
import dev.earshot.evidence.HostName;
import dev.earshot.evidence.HostRecording;
import dev.earshot.evidence.HostRecording.Answer;
import dev.earshot.evidence.HostRecording.Moment;
import dev.earshot.evidence.HostRecording.Question;
import dev.earshot.evidence.InventoryHost;
import dev.earshot.evidence.Readings;
import dev.earshot.evidence.Shard;
import dev.earshot.evidence.TunnelRtt;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.ssh.OpenSshServer;
import dev.earshot.ssh.SshTransport;
import dev.earshot.topology.Destination;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real sshd.
class TunnelsTest {

  private static final HostName CLIENT = new HostName("client");
  private static final HostName SERVER = new HostName("server");

  private static final Optional<PostgresServer> NONE = Optional.empty();

  private static final Question UPTIME = new Question("machine.cpu", Moment.START);

  @TempDir private Path folder;

  private static Destination service(int port) {
    return new Destination(CLIENT, SERVER, Address.of("127.0.0.1"), port);
  }

  private static Target target(HostName name, Route route) {
    return new Target(
        new InventoryHost(name, "127.0.0.1", List.of(), Optional.empty(), "hosts", 1),
        route,
        Optional.empty());
  }

  private static HostRecording answered(Target target) {
    return new HostRecording(
        target.host(),
        Optional.empty(),
        Optional.empty(),
        Map.of(UPTIME, new Answer(CommandResult.of("1 1\n"), 1_700_000_000)));
  }

  @Test
  void theServicesThatAreMissingAreTimedAndKeptAsOneMoreAnswer() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenSshServer sshd = OpenSshServer.in(folder, "", List.of());
        SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      Target client = client(sshd);
      int closed = OpenSshServer.freePort();
      Tunnels tunnels = tunnels(transport, service(service.getLocalPort()), service(closed));

      HostRecording recording = tunnels.ask(client, answered(client));

      assertThat(recording.answers()).hasSize(2).containsKey(UPTIME);
      assertThat(recording.answers().values())
          .as("its clock goes back for nobody")
          .allMatch(answer -> answer.epochSecond() == 1_700_000_000);
      List<TunnelRtt> told = HostEvidence.of(recording).tunnels().collected().orElseThrow();
      assertThat(told).extracting(TunnelRtt::port).containsExactly(service.getLocalPort(), closed);
      assertThat(told.getFirst().peer()).isEqualTo(SERVER);
      assertThat(told.getFirst().shortest()).isPresent();
      assertThat(told.getFirst().refusal()).isEmpty();
      assertThat(told.getLast().shortest()).isEmpty();
      assertThat(told.getLast().refusal().orElseThrow()).contains("refused");
    }
  }

  @Test
  void soManyAreAskedForAndNoMore() throws Exception {
    try (OpenSshServer sshd = OpenSshServer.in(folder, "AllowTcpForwarding no\n", List.of());
        SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      Target client = client(sshd);
      Tunnels tunnels =
          tunnels(
              transport,
              IntStream.rangeClosed(1, 40)
                  .mapToObj(TunnelsTest::service)
                  .toArray(Destination[]::new));

      assertThat(
              HostEvidence.of(tunnels.ask(client, answered(client)))
                  .tunnels()
                  .collected()
                  .orElseThrow())
          .hasSize(16)
          .allMatch(tunnel -> tunnel.opened().isEmpty() && tunnel.refusal().isPresent());
    }
  }

  @Test
  void aHostThatLetsNobodyInAnyMoreSaysWhy() throws Exception {
    OpenSshServer sshd = OpenSshServer.in(folder, "", List.of());
    Target client = client(sshd);
    try (SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      sshd.close();

      assertThat(
              HostEvidence.of(tunnels(transport, service(80)).ask(client, answered(client)))
                  .tunnels())
          .isInstanceOf(Evidence.Uncollected.class);
    }
  }

  @Test
  void onlyThoseWhoLackARoundTripAndHaveAnSshServerAreAsked() throws Exception {
    try (OpenSshServer sshd = OpenSshServer.in(folder, "", List.of());
        SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      Tunnels tunnels = tunnels(transport, service(80));

      assertThat(tunnels.concerns(client(sshd))).isTrue();
      assertThat(tunnels.concerns(target(SERVER, client(sshd).route()))).isFalse();
      assertThat(tunnels.concerns(target(CLIENT, new Route.Local(Optional.empty())))).isFalse();
    }
  }

  /// Of the hosts of other parts, a part knows what the inventory says.
  @Test
  void aPartTriesTheDatabaseOfAnotherPartAtItsPort() throws Exception {
    try (OpenSshServer sshd =
            OpenSshServer.in(
                folder,
                "AllowTcpForwarding no\nForceCommand PATH=/nonexistent exec /bin/sh -s\n",
                List.of());
        SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      List<Target> fleet =
          List.of(
              new Target(inventoried("app", "10.0.0.1", "backends"), client(sshd).route(), NONE),
              new Target(
                  inventoried("db", "192.0.2.9", "databases"),
                  new Route.NotContacted("for the test"),
                  NONE));

      HostRecording recording = ofFirstPart(transport, fleet);
      // A server that another test has here, and asks, passes for this backend's database.
      for (int tries = 0;
          tries < 10 && HostEvidence.of(recording).tunnels().collected().isEmpty();
          tries++) {
        recording = ofFirstPart(transport, fleet);
      }

      assertThat(recording.unreachable()).isEmpty();
      assertThat(HostEvidence.of(recording).tunnels().collected().orElseThrow())
          .singleElement()
          .satisfies(tunnel -> {
            assertThat(tunnel.peer()).isEqualTo(new HostName("db"));
            assertThat(tunnel.address()).isEqualTo(Address.of("192.0.2.9"));
            assertThat(tunnel.port()).isEqualTo(5432);
            assertThat(tunnel.refusal()).isPresent();
          });
    }
  }

  private static HostRecording ofFirstPart(SshTransport transport, List<Target> fleet) {
    return new FleetCollector(
            transport,
            new FleetCollector.Settings(
                Duration.ofSeconds(1), Depth.USUAL, Duration.ofSeconds(20), 5, "test"),
            new Readings())
        .collect(fleet, Optional.of(new Shard(1, 2)), Instant.EPOCH, _ -> {})
        .hosts()
        .getFirst();
  }

  /// A plan has the new host try what the old one talks to, however far that is known to be.
  @Test
  void whatAPlanNeedsIsTriedToo() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenSshServer sshd =
            OpenSshServer.in(
                folder, "ForceCommand PATH=/nonexistent exec /bin/sh -s\n", List.of());
        SshTransport transport = sshd.transport(List.of(sshd.port()))) {
      int closed = OpenSshServer.freePort();
      FleetRecording recording =
          new FleetCollector(
                  transport,
                  new FleetCollector.Settings(
                      Duration.ofSeconds(1), Depth.USUAL, Duration.ofSeconds(20), 5, "test"),
                  new Readings())
              .trying(_ -> List.of(service(service.getLocalPort()), service(closed)))
              .collect(List.of(client(sshd)), Instant.EPOCH, _ -> {});

      assertThat(HostEvidence.of(recording.hosts().getFirst()).tunnels().collected().orElseThrow())
          .extracting(TunnelRtt::port, tunnel -> tunnel.opened().size(), TunnelRtt::closed)
          .containsExactly(tuple(service.getLocalPort(), 5, false), tuple(closed, 0, true));
    }
  }

  private static InventoryHost inventoried(String name, String address, String group) {
    return new InventoryHost(
        new HostName(name), address, List.of(group), Optional.empty(), "hosts", 1);
  }

  private static Tunnels tunnels(SshTransport transport, Destination... missing) {
    return new Tunnels(transport, Duration.ofSeconds(20), List.of(missing));
  }

  private static Target client(OpenSshServer sshd) {
    return target(
        CLIENT,
        new Route.Ssh(sshd.target(System.getProperty("user.name"), sshd.port()), Optional.empty()));
  }
}
