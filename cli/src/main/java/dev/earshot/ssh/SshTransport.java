package dev.earshot.ssh;

import java.time.Duration;

/// Shells on hosts behind SSH: one client with one set of trusted host keys for a whole audit.
///
/// Host keys are checked strictly and nothing is learnt on the way. `ssh_config`, agents, passwords
/// and jump hosts are not consulted.
public final class SshTransport implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final EarshotSshClient client = EarshotSshClient.started();
  private final KnownHosts knownHosts;
  private final PrivateKeys privateKeys;

  public SshTransport(KnownHosts knownHosts) {
    this(knownHosts, new PrivateKeys());
  }

  SshTransport(KnownHosts knownHosts, PrivateKeys privateKeys) {
    this.knownHosts = knownHosts;
    this.privateKeys = privateKeys;
  }

  /// A shell on this host. Nothing is connected before it runs something, and each run has its own
  /// connection.
  public HostShell shellOn(SshTarget target) {
    return new SshShell(target, client, knownHosts, privateKeys);
  }

  /// Cuts all connections off.
  @Override
  public void close() {
    client.close(true).awaitUninterruptibly(CLOSING);
  }
}
