package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardingTimerTest {

  private static final ShellLimits LIMITS =
      new ShellLimits(Duration.ofSeconds(20), Duration.ofSeconds(30), 1);

  private static final String USER = System.getProperty("user.name");

  private static Forwarding time(OpenSshServer server, List<Forwarding.Service> services)
      throws IOException {
    try (SshTransport transport = server.transport(List.of(server.port()))) {
      return transport.timeForwarding(server.target(USER, server.port()), services, LIMITS);
    }
  }

  private static Forwarding.Service at(int port) {
    return new Forwarding.Service("127.0.0.1", port);
  }

  @Test
  void takesTheTimeOfAServiceAndSaysNothingThere(@TempDir Path directory) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenSshServer server = OpenSshServer.in(directory)) {
      CompletableFuture<Integer> heard =
          CompletableFuture.supplyAsync(() -> read(service), Thread.ofVirtual()::start);

      Forwarding forwarding = time(server, List.of(at(service.getLocalPort())));

      assertThat(forwarding)
          .isInstanceOfSatisfying(
              Forwarding.Timed.class,
              timed -> {
                assertThat(timed.own()).hasSize(10).allMatch(Duration::isPositive);
                assertThat(timed.services())
                    .singleElement()
                    .satisfies(times -> {
                      assertThat(times.refusal()).isEmpty();
                      assertThat(times.opened()).hasSize(5).allMatch(Duration::isPositive);
                    });
              });
      assertThat(heard.get()).as("it ends without a word").isEqualTo(-1);
    }
  }

  @Test
  void aServiceThatIsNotThereDoesNotSpoilTheNext(@TempDir Path directory) throws Exception {
    int closed = OpenSshServer.freePort();
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenSshServer server = OpenSshServer.in(directory)) {
      var timed = (Forwarding.Timed) time(server, List.of(at(closed), at(service.getLocalPort())));

      assertThat(timed.services().getFirst().opened()).isEmpty();
      assertThat(timed.services().getFirst().refusal())
          .hasValueSatisfying(why -> assertThat(why).contains("Connection refused"));
      assertThat(timed.services().getFirst().closed()).isTrue();
      assertThat(timed.services().getLast().opened()).hasSize(5);
    }
  }

  @Test
  void aServerThatForwardsNothingSaysSo(@TempDir Path directory) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OpenSshServer server = OpenSshServer.in(directory, "AllowTcpForwarding no\n")) {
      var timed = (Forwarding.Timed) time(server, List.of(at(service.getLocalPort())));

      assertThat(timed.own()).hasSize(10);
      assertThat(timed.services().getFirst().refusal())
          .hasValueSatisfying(
              why -> assertThat(why).contains("forwards no connections", "AllowTcpForwarding"));
      assertThat(timed.services().getFirst().closed()).as("nobody tried").isFalse();
    }
  }

  private static int read(ServerSocket service) {
    try (Socket connection = service.accept()) {
      return connection.getInputStream().read();
    } catch (IOException broken) {
      return -2;
    }
  }
}
