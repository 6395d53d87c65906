package dev.earshot.ssh;

import dev.earshot.ssh.Handshake.Phase;
import dev.earshot.ssh.PrivateKeys.Identity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;

/// The way into one host: a connection, its host key, the user's key.
record SshLogin(
    SshTarget target, Connector connector, KnownHosts knownHosts, PrivateKeys privateKeys) {
  /// Logs in.
  ///
  /// @return a session that the caller closes
  ClientSession open(Deadline deadline) throws UnreachableException, InterruptedException {
    List<Identity> identities = privateKeys.of(target);
    KnownHost knownHost = knownHosts.about(target);
    for (int attempt = 1; ; attempt++) {
      var handshake = new Handshake(knownHost);
      ClientSession session = connector.connect(target, handshake, deadline);
      try {
        authenticate(session, identities, deadline);
        return session;
      } catch (IOException | RuntimeException e) {
        session.close(true);
        requireUninterrupted(e);
        if (attempt > 1 || !lostRace(handshake, e)) {
          throw new UnreachableException(
              new LoginTrouble(target, deadline).in(handshake, e, identities), e);
        }
      }
    }
  }

  /// SSHD up to 2.20.0 now and then sends its first packets in the wrong order (GH-927), to which a
  /// server with strict key exchange answers by hanging up. Another attempt does no harm: nothing
  /// has been authenticated yet.
  private static boolean lostRace(Handshake handshake, Exception trouble) {
    return handshake.phase() == Phase.KEY_EXCHANGE
        && !handshake.hostKeySeen()
        && !LoginTrouble.isTimeout(trouble)
        && !LoginTrouble.isDisagreement(trouble);
  }

  private static void authenticate(
      ClientSession session, List<Identity> identities, Deadline deadline) throws IOException {
    for (Identity identity : identities) {
      if (identity instanceof Identity.Usable usable) {
        session.addPublicKeyIdentity(usable.keyPair());
      }
    }
    session.auth().verify(deadline.remaining());
  }

  static void requireUninterrupted(Exception trouble) throws InterruptedException {
    if (trouble instanceof InterruptedIOException || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
