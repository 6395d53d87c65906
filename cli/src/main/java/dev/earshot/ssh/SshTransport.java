package dev.earshot.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/// Shells on hosts behind SSH: one client for a whole audit, in which each file is read, each agent
/// asked for its keys, and each passphrase asked for, once.
///
/// What is trusted and what is shown stands in each [SshTarget]; `ssh_config` is not consulted.
public final class SshTransport implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /// As long as any host gets.
  private static final Duration JUMP_HOST = Duration.ofMinutes(2);

  private final EarshotSshClient client = EarshotSshClient.started();
  private final Bastions bastions = new Bastions(this::logIn, JUMP_HOST);
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
    return new SshShell(target, client, login(target));
  }

  /// Calls at this host to see whether and how it lets us in.
  public Introduction introduce(SshTarget target, ShellLimits limits) {
    return new Introducing(target, login(target)).call(limits);
  }

  /// Has this host connect to services, on a connection of its own, and takes the time.
  public Forwarding timeForwarding(
      SshTarget target, List<Forwarding.Service> services, ShellLimits limits) {
    return new ForwardingTimer(client, target, login(target)).time(services, limits);
  }

  /// A TCP connection that this host makes for us, over one SSH connection for all of them.
  ///
  /// @param port of `host`, a name or address as the SSH host knows it
  /// @throws IOException with a sentence for an administrator
  public ForwardedConnection tunnel(SshTarget through, String host, int port, Duration within)
      throws IOException {
    Deadline deadline = Deadline.in(within);
    try {
      ChannelDirectTcpip channel =
          bastions
              .session(through, deadline)
              .createDirectTcpipChannel(
                  new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(host, port));
      Connector.open(channel, deadline);
      return new ForwardedConnection(ChannelPipe.of(channel));
    } catch (UnreachableException unreachable) {
      throw new IOException(unreachable.reason(), unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("the audit was stopped", interrupted);
    } catch (IOException | RuntimeException refused) {
      throw new IOException(
          "%s made no connection to %s:%d for us: %s; does PostgreSQL listen there, and does its sshd allow it (AllowTcpForwarding, PermitOpen)?"
              .formatted(
                  through.endpoint(),
                  host.contains(":") ? "[" + host + "]" : host,
                  port,
                  Text.of(LoginTrouble.root(refused))),
          refused);
    }
  }

  private SshLogin login(SshTarget target) {
    return new SshLogin(
        target,
        new Connector(client, bastions),
        new HostTrust(target, knownHosts.of(target.hostKeys()), tell),
        userKeys);
  }

  private ClientSession logIn(SshTarget target, Deadline deadline)
      throws UnreachableException, InterruptedException {
    return login(target).open(deadline);
  }

  /// Cuts all connections off.
  @Override
  public void close() {
    bastions.close();
    client.close(true).awaitUninterruptibly(CLOSING);
  }
}
