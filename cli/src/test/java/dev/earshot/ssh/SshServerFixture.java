package dev.earshot.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/// An SSH server in this process on a port of 127.0.0.1, which lets the user `auditor` in with one
/// key and really runs what it is told to.
final class SshServerFixture implements AutoCloseable {
  static final String USER = "auditor";

  private final SshServer server = SshServer.setUpDefaultServer();

  SshServerFixture(List<KeyPair> hostKeys, PublicKey authorized) {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setPublickeyAuthenticator(
        (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, authorized));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
  }

  /// A server with the usual keys.
  static SshServerFixture usual() {
    return new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic()).started();
  }

  /// A server with the usual keys that answers every command like this.
  static SshServerFixture answering(CommandFactory commands) {
    var fixture = new SshServerFixture(List.of(Keys.HOST), Keys.USER.getPublic());
    fixture.server.setCommandFactory(commands);
    return fixture.started();
  }

  SshServer server() {
    return server;
  }

  SshServerFixture started() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  int port() {
    return server.getPort();
  }

  SshTarget target(Path identity) {
    return SshTarget.of("127.0.0.1", port(), USER).withKey(identity);
  }

  /// The host as known_hosts names it.
  String knownName() {
    return "[127.0.0.1]:" + port();
  }

  @Override
  public void close() {
    server.close(true).awaitUninterruptibly(Duration.ofSeconds(5));
  }
}
