package dev.earshot.ssh;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/// The connection to a host that let us in, which is closed when the host falls silent. Without it
/// a host that is frozen, or gone without a word, is waited for until the end of the audit.
///
/// As with OpenSSH, whatever the host sends is a sign of life; SSHD by itself counts only answers,
/// and these queue up behind the output of a program where the network is slow.
final class WatchedConnection extends ClientConnectionService {
  static final ServiceFactory FACTORY =
      new ClientConnectionServiceFactory() {
        @Override
        public Service create(Session session) throws IOException {
          var connection = new WatchedConnection((AbstractClientSession) session);
          connection.addPortForwardingEventListenerManager(this);
          return connection;
        }
      };

  private static final AttributeKey<Patience> PATIENCE = new AttributeKey<>();

  private WatchedConnection(AbstractClientSession session) throws SshException {
    super(session);
  }

  /// Says how long a host may be silent, before it lets us in. SSHD's own properties for this are
  /// read before anybody knows whose session it is.
  static void watch(ClientSession session, Patience patience) {
    session.setAttribute(PATIENCE, patience);
  }

  /// Whether it was closed for this.
  static boolean fellSilent(ClientSession session) {
    return Handshake.of(session).map(Handshake::followedBySilence).orElse(false);
  }

  @Override
  public void process(int command, Buffer buffer) throws Exception {
    outstandingHeartbeats.set(0);
    super.process(command, buffer);
  }

  @Override
  protected synchronized ScheduledFuture<?> startHeartBeat() {
    stopHeartBeat();
    long interval = patience().heartbeat().toNanos();
    clientHeartbeat =
        getSession()
            .getFactoryManager()
            .getScheduledExecutorService()
            .scheduleAtFixedRate(this::sendHeartBeat, interval, interval, TimeUnit.NANOSECONDS);
    return clientHeartbeat;
  }

  @Override
  protected boolean sendHeartBeat() {
    int count = patience().aliveCount();
    if (count > 0 && outstandingHeartbeats.get() >= count) {
      // not an attribute: a session that is closed forgets those
      Handshake.of(getSession()).ifPresent(Handshake::followWithSilence);
      getSession().close(true);
      return false;
    }
    return super.sendHeartBeat();
  }

  /// Every question wants an answer; how many may go without is decided here and not in SSHD.
  @Override
  protected int configureMaxNoReply() {
    return Integer.MAX_VALUE;
  }

  private Patience patience() {
    Patience patience = getSession().getAttribute(PATIENCE);
    return patience == null ? Patience.DEFAULT : patience;
  }
}
