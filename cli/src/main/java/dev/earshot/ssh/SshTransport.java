package dev.earshot.ssh;

import java.time.Duration;
import java.util.function.Consumer;

/// Shells on hosts behind SSH: one client for a whole audit, in which each file is read, each agent
/// asked for its keys, and each passphrase asked for, once.
///
/// What is trusted and what is shown stands in each [SshTarget]; `ssh_config` is not consulted.
public final class SshTransport implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final EarshotSshClient client = EarshotSshClient.started();
  private final UserKeys userKeys;
  private final KnownHostsFiles knownHosts;
  private final Consumer<String> tell;

  /// @param prompt gives the passphrases of encrypted keys
  /// @param tell gets a sentence for each host key that is accepted though it was not known, and
  ///   for what is wrong in known_hosts files
  public SshTransport(SecretPrompt prompt, Consumer<String> tell) {
    this(new UserKeys(new PrivateKeys(), new Passphrases(prompt), Agent.Patience.DEFAULT), tell);
  }

  SshTransport(UserKeys userKeys, Consumer<String> tell) {
    this.userKeys = userKeys;
    this.tell = tell;
    this.knownHosts = new KnownHostsFiles(tell);
  }

  /// A shell on this host. Nothing is connected before it runs something, and each run has its own
  /// connection.
  public HostShell shellOn(SshTarget target) {
    var trust = new HostTrust(target, knownHosts.of(target.hostKeys()), tell);
    return new SshShell(target, client, trust, userKeys);
  }

  /// Cuts all connections off.
  @Override
  public void close() {
    client.close(true).awaitUninterruptibly(CLOSING);
  }
}
