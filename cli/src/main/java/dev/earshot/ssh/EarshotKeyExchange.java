package dev.earshot.ssh;

import org.apache.sshd.client.kex.DHGClient;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;

/// SSHD's key exchange, which leaves it to us to judge host certificates: only we know by which
/// name the host goes, and that a bad certificate leaves a good key.
final class EarshotKeyExchange extends DHGClient {
  private EarshotKeyExchange(DHFactory factory, Session session) {
    super(factory, session);
  }

  /// Makes them for sessions.
  record Factory(DHFactory factory) implements KeyExchangeFactory {
    @Override
    public String getName() {
      return factory.getName();
    }

    @Override
    public KeyExchange createKeyExchange(Session session) {
      return new EarshotKeyExchange(factory, session);
    }
  }

  @Override
  protected void verifyCertificate(Session session, OpenSshCertificate certificate) {
    // see HostTrust, which sees the certificate before anything is believed
  }
}
