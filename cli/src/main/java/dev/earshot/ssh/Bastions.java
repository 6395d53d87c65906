package dev.earshot.ssh;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;

/// Jump hosts that were logged in to: one connection to each, however many hosts are behind it. One
/// that let nobody in is not tried again.
final class Bastions {

  /// Logs in to a host.
  @FunctionalInterface
  interface Login {
    ClientSession open(SshTarget target, Deadline deadline)
        throws UnreachableException, InterruptedException;
  }

  private final Login login;
  private final Map<SshTarget, CompletableFuture<ClientSession>> sessions =
      new ConcurrentHashMap<>();

  Bastions(Login login) {
    this.login = login;
  }

  /// The connection to a jump host, which the first one who asks makes.
  ClientSession session(SshTarget bastion, Deadline deadline)
      throws UnreachableException, InterruptedException {
    var mine = new CompletableFuture<ClientSession>();
    var known = sessions.putIfAbsent(bastion, mine);
    if (known == null) {
      logIn(bastion, deadline, mine);
      return await(bastion, mine, deadline);
    }
    ClientSession session = await(bastion, known, deadline);
    if (session.isOpen()) {
      return session;
    }
    // It went away in between: whoever sees it first logs in again.
    sessions.remove(bastion, known);
    return session(bastion, deadline);
  }

  private void logIn(SshTarget bastion, Deadline deadline, CompletableFuture<ClientSession> session)
      throws InterruptedException {
    try {
      session.complete(login.open(bastion, deadline));
    } catch (UnreachableException e) {
      session.completeExceptionally(e);
    } catch (InterruptedException | RuntimeException e) {
      // says nothing about the host
      sessions.remove(bastion, session);
      session.completeExceptionally(e);
      throw e;
    }
  }

  private static ClientSession await(
      SshTarget bastion, CompletableFuture<ClientSession> session, Deadline deadline)
      throws UnreachableException, InterruptedException {
    try {
      return session.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "the jump host %s did not let %s in within %s"
              .formatted(bastion.endpoint(), bastion.user(), Text.seconds(deadline.allowed())),
          e);
    } catch (ExecutionException e) {
      String reason =
          e.getCause() instanceof UnreachableException unreachable
              ? unreachable.reason()
              : "logging in there was interrupted";
      throw new UnreachableException("the jump host is no way there: " + reason, e);
    }
  }
}
