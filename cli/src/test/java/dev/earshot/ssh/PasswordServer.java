package dev.earshot.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/// An SSH server in this process on a port of 127.0.0.1, which lets anybody in who knows one
/// password and really runs what it is told to.
public final class PasswordServer implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();

  public PasswordServer(String password) throws IOException {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(List.of(Keys.HOST)));
    server.setPasswordAuthenticator((_, given, _) -> given.equals(password));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    server.start();
  }

  public int port() {
    return server.getPort();
  }

  /// The server as known_hosts has it.
  public String knownHostsLine() {
    return Keys.line("[127.0.0.1]:" + port(), Keys.HOST);
  }

  @Override
  public void close() {
    server.close(true).awaitUninterruptibly(Duration.ofSeconds(5));
  }
}
