package dev.earshot.ssh;

import dev.earshot.ssh.Handshake.Phase;
import dev.earshot.ssh.UnreachableException.Stage;
import dev.earshot.ssh.UserKeys.Offer;
import dev.earshot.ssh.UserKeys.Useless;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;

/// The way into one host: a connection, its host key, the user's keys and password.
record SshLogin(SshTarget target, Connector connector, HostTrust trust, UserKeys userKeys) {
  /// Logs in.
  ///
  /// @return a session that the caller closes
  ClientSession open(Deadline deadline) throws UnreachableException, InterruptedException {
    Proposal proposal = Proposal.of(target);
    Offer offer = userKeys.of(target.credentials());
    requireSomething(offer);
    for (int attempt = 1; ; attempt++) {
      var authentication =
          new Authentication(target.credentials(), offer, proposal.publicKeys(), deadline);
      var handshake = new Handshake(trust, proposal, authentication);
      ClientSession session = connector.connect(target, handshake, deadline);
      try {
        WatchedConnection.watch(session, target.patience());
        authenticate(session, deadline);
        return session;
      } catch (IOException | RuntimeException e) {
        session.close(true);
        requireUninterrupted(e);
        if (attempt > 1 || !(lostRace(handshake, e) || lostPatience(handshake, e, deadline))) {
          throw new UnreachableException(
              new LoginTrouble(target, deadline).in(handshake, e),
              e,
              handshake.phase() == Phase.GREETING
                      && handshake.proxyErrors().isEmpty()
                      && !LoginTrouble.isTimeout(e)
                  ? Stage.TURNED_AWAY
                  : Stage.DECIDED);
        }
      }
    }
  }

  /// Where all keys that were named are useless and there is no password, there is no need to ask
  /// the host.
  private void requireSomething(Offer offer) throws UnreachableException {
    Credentials credentials = target.credentials();
    if (offer.keys().isEmpty()
        && !credentials.identityFiles().isEmpty()
        && !offer.useless().isEmpty()
        && credentials.password().isEmpty()) {
      Useless first = offer.useless().getFirst();
      throw new UnreachableException(
          "%s for %s %s".formatted(first.what(), target.endpoint(), first.reason()));
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

  /// The server hung up while a person looked for a passphrase, which is known now.
  private static boolean lostPatience(Handshake handshake, Exception trouble, Deadline deadline) {
    return handshake.phase() == Phase.AUTHENTICATION
        && deadline.wasPaused()
        && !deadline.passed()
        && !LoginTrouble.isTimeout(trouble)
        && !LoginTrouble.isRefusal(trouble);
  }

  private static void authenticate(ClientSession session, Deadline deadline) throws IOException {
    AuthFuture decision = session.auth();
    while (!deadline.passed() && !decision.await(deadline.remaining())) {
      // the deadline stands still while a person is asked
    }
    decision.verify(deadline.remaining());
  }

  static void requireUninterrupted(Exception trouble) throws InterruptedException {
    if (trouble instanceof InterruptedIOException || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
