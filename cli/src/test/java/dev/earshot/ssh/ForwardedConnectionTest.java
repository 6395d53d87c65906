package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.evidence.PostgresHealth;
import dev.earshot.evidence.Probes;
import dev.earshot.evidence.TemporaryPostgres;
import dev.earshot.postgres.Opener;
import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.PostgresSession;
import dev.earshot.postgres.SslMode;
import dev.earshot.postgres.TunnelSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real PostgreSQL through the SSH server of the host it runs on.
class ForwardedConnectionTest {

  @TempDir private Path folder;

  @Test
  void postgresThroughSsh() throws Exception {
    TemporaryPostgres database = TemporaryPostgres.startListening("");
    try (var host = SshServerFixture.usual();
        var transport = new SshTransport(SecretPrompt.NOBODY, _ -> {})) {
      database.sql("postgres", "CREATE ROLE auditor LOGIN SUPERUSER PASSWORD 'swordfish'");
      SshTarget target = target(host);

      host.server().setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
      assertThatThrownBy(() -> session(transport, target, TemporaryPostgres.PORT).addresses())
          .hasMessageContaining("made no connection to 127.0.0.1:54329 for us")
          .hasMessageContaining("AllowTcpForwarding");

      host.server().setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
      assertThatThrownBy(() -> session(transport, target, 1).addresses())
          .hasMessageContaining("made no connection to 127.0.0.1:1 for us");

      PostgresSession session = session(transport, target, TemporaryPostgres.PORT);
      assertThat(session.addresses()).containsExactly("127.0.0.1");
      var health = PostgresHealth.PROBE.read(session.ask(Probes.OF_POSTGRES.get(3)));
      assertThat(health.collected().orElseThrow().getFirst().ages()).isPresent();
      assertThat(host.server().getActiveSessions()).hasSize(1);
    } finally {
      database.stop();
    }
  }

  private SshTarget target(SshServerFixture host) throws Exception {
    Path known =
        Files.writeString(
            folder.resolve("known_hosts"), Keys.line(host.knownName(), Keys.HOST) + "\n");
    return host.target(Keys.write(Keys.USER, folder.resolve("key")))
        .withHostKeys(HostKeyPolicy.ofFiles(List.of(known)));
  }

  private static PostgresSession session(SshTransport transport, SshTarget target, int port) {
    Opener opener =
        (server, within) ->
            new TunnelSocket(transport.tunnel(target, server.host(), server.port(), within));
    return new PostgresSession(
        new PostgresServer(
            "127.0.0.1",
            port,
            "postgres",
            "auditor",
            new Secret("swordfish"),
            SslMode.PREFER,
            PostgresServer.SYSTEM),
        opener,
        Duration.ofSeconds(5));
  }
}
