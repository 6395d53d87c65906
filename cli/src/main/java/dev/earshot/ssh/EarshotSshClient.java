package dev.earshot.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.future.DefaultConnectFuture;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/// Apache SSHD's client without its own ideas about keys, configuration files, agents and time: all
/// of these are decided here, and deadlines by those who wait.
final class EarshotSshClient extends SshClient {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final long WINDOW_BYTES = 1 << 19;

  private final Set<PipeSession> pipes = ConcurrentHashMap.newKeySet();

  static EarshotSshClient started() {
    var client = (EarshotSshClient) ClientBuilder.builder().factory(EarshotSshClient::new).build();
    client.setServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    client.setUserAuthFactories(LoginMethods.FACTORIES);
    client.setServiceFactories(List.of(new LoginService.Factory(), WatchedConnection.FACTORY));
    client.setKeyExchangeFactories(Algorithms.KEY_EXCHANGES);
    client.setCipherFactories(Algorithms.CIPHERS);
    client.setMacFactories(Algorithms.MACS);
    client.setSignatureFactories(Algorithms.SIGNATURES);
    client.addSessionListener(Handshake.LISTENER);
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW_BYTES);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, NEVER);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, NEVER);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, NEVER);
    client.start();
    return client;
  }

  /// Connects to exactly this address, where SSHD would look the name up again and take the first.
  ///
  /// @param local address of this machine to connect from
  ConnectFuture connect(
      String user,
      InetSocketAddress address,
      Optional<InetSocketAddress> local,
      Handshake handshake)
      throws IOException {
    String host = address.getHostString();
    return doConnect(
        user,
        address,
        handshake.asContext(),
        local.orElse(null),
        KeyIdentityProvider.EMPTY_KEYS_PROVIDER,
        new HostConfigEntry("", host, address.getPort(), user));
  }

  /// Connects over what is there already.
  ConnectFuture connect(SshTarget target, Pipe pipe, Handshake handshake) throws IOException {
    var address = InetSocketAddress.createUnresolved(target.address(), target.port());
    var session = new PipeSession(pipe, sessionFactory, connector, address);
    session.setAttribute(AttributeRepository.class, handshake.asContext());
    pipes.add(session);
    session.addCloseFutureListener(_ -> pipes.remove(session));
    var connecting = new DefaultConnectFuture(target.endpoint(), null);
    try {
      sessionFactory.sessionCreated(session);
      onConnectOperationComplete(
          session,
          connecting,
          target.user(),
          address,
          KeyIdentityProvider.EMPTY_KEYS_PROVIDER,
          new HostConfigEntry("", target.address(), target.port(), target.user()));
    } catch (Exception e) {
      session.close(true);
      throw e instanceof IOException io ? io : new IOException(e);
    }
    session.start();
    if (isClosing()) {
      session.close(true);
    }
    return connecting;
  }

  /// SSHD knows of its own connections only.
  @Override
  protected void preClose() {
    pipes.forEach(session -> session.close(true));
    super.preClose();
  }
}
