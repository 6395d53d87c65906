package dev.earshot.ssh;

import java.io.IOException;
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
import org.apache.sshd.core.CoreModuleProperties;

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

  private static final AttributeKey<Boolean> FELL_SILENT = new AttributeKey<>();

  private WatchedConnection(AbstractClientSession session) throws SshException {
    super(session);
  }

  /// Says how long a host may be silent, before it lets us in.
  static void watch(ClientSession session, Patience patience) {
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, patience.heartbeat());
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(session, patience.aliveCount());
  }

  /// Whether it was closed for this.
  static boolean fellSilent(ClientSession session) {
    return Boolean.TRUE.equals(session.getAttribute(FELL_SILENT));
  }

  @Override
  public void process(int command, Buffer buffer) throws Exception {
    outstandingHeartbeats.set(0);
    super.process(command, buffer);
  }

  @Override
  protected boolean sendHeartBeat() {
    if (heartbeatMaxNoReply > 0 && outstandingHeartbeats.get() >= heartbeatMaxNoReply) {
      getSession().setAttribute(FELL_SILENT, true);
      getSession().close(true);
      return false;
    }
    return super.sendHeartBeat();
  }
}
