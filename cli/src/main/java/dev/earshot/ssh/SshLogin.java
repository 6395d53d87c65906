package dev.earshot.ssh;

import dev.earshot.ssh.Handshake.Phase;
import dev.earshot.ssh.UserKeys.Offer;
import dev.earshot.ssh.UserKeys.Useless;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;

/// The way into one host: a connection, its host key, the user's keys and password.
record SshLogin(SshTarget target, Connector connector, HostTrust trust, UserKeys userKeys) {
  /// Logs in, with as many attempts as the host deserves.
  ///
  /// @return a session that the caller closes
  ClientSession open(Deadline deadline) throws UnreachableException, InterruptedException {
    Proposal proposal = Proposal.of(target);
    Offer offer = userKeys.of(target.credentials());
    requireSomething(offer);
    var attempts = new Attempts(target.patience());
    while (true) {
      Deadline greeting = target.patience().connect().map(deadline::orIn).orElse(deadline);
      var authentication =
          new Authentication(target.credentials(), offer, proposal.publicKeys(), deadline);
      var handshake = new Handshake(trust, proposal, authentication);
      ClientSession session;
      try {
        session = connector.connect(target, handshake, greeting);
      } catch (UnreachableException e) {
        awaitAnother(attempts, Prospect.of(handshake, e), e, deadline);
        continue;
      }
      try {
        WatchedConnection.watch(session, target.patience());
        authenticate(session, handshake, greeting, deadline);
        return session;
      } catch (IOException | RuntimeException e) {
        session.close(true);
        requireUninterrupted(e);
        Deadline current = current(handshake, greeting, deadline);
        var failed =
            new UnreachableException(new LoginTrouble(target, current).in(handshake, e), e);
        awaitAnother(attempts, Prospect.of(handshake, e, current), failed, deadline);
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

  /// Returns when it is time for another attempt.
  private static void awaitAnother(
      Attempts attempts, Prospect prospect, UnreachableException failed, Deadline deadline)
      throws UnreachableException, InterruptedException {
    int made = attempts.made();
    Optional<Duration> pause = attempts.another(prospect);
    if (pause.isEmpty() || deadline.passed() || pause.get().compareTo(deadline.remaining()) >= 0) {
      throw made == 1
          ? failed
          : new UnreachableException(
              "%s (tried %d times)".formatted(failed.reason(), made), failed);
    }
    Thread.sleep(pause.get());
  }

  private static void authenticate(
      ClientSession session, Handshake handshake, Deadline greeting, Deadline deadline)
      throws IOException {
    AuthFuture decision = session.auth();
    Deadline current = current(handshake, greeting, deadline);
    while (!current.passed() && !decision.await(current.remaining())) {
      // there may have been a greeting, and deadlines stand still while a person is asked
      current = current(handshake, greeting, deadline);
    }
    decision.verify(current.remaining());
  }

  /// As with OpenSSH, what comes after the greeting is not for `ConnectTimeout`.
  private static Deadline current(Handshake handshake, Deadline greeting, Deadline deadline) {
    return handshake.phase() == Phase.GREETING ? greeting : deadline;
  }

  static void requireUninterrupted(Exception trouble) throws InterruptedException {
    if (trouble instanceof InterruptedIOException || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
