package dev.earshot.ssh;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;

/// One login to a jump host, on a thread and with a deadline of its own, so that none of those who
/// wait for it decides for the others.
final class BastionLogin implements AutoCloseable {
  private final SshTarget bastion;
  private final Deadline deadline;
  private final CompletableFuture<ClientSession> session = new CompletableFuture<>();
  private final Thread thread;

  private BastionLogin(SshTarget bastion, Bastions.Login login, Deadline deadline) {
    this.bastion = bastion;
    this.deadline = deadline;
    this.thread = Thread.ofVirtual().name("jump-host").unstarted(() -> run(login));
  }

  static BastionLogin started(SshTarget bastion, Bastions.Login login, Deadline deadline) {
    var started = new BastionLogin(bastion, login, deadline);
    started.thread.start();
    return started;
  }

  private void run(Bastions.Login login) {
    try {
      ClientSession opened = login.open(bastion, deadline);
      if (!session.complete(opened)) {
        opened.close(true);
      }
    } catch (UnreachableException | InterruptedException | RuntimeException e) {
      session.completeExceptionally(e);
    }
  }

  /// Whether there was a connection that is no more.
  boolean isLost() {
    return session.state() == CompletableFuture.State.SUCCESS && !session.resultNow().isOpen();
  }

  /// @param waiting of the one who waits
  ClientSession await(Deadline waiting) throws UnreachableException, InterruptedException {
    try (var _ = waiting.follow(deadline)) {
      while (true) {
        try {
          return session.get(waiting.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (waiting.passed()) {
            throw new UnreachableException(
                "the jump host %s did not let %s in within %s"
                    .formatted(bastion.endpoint(), bastion.user(), Text.seconds(waiting.allowed())),
                e);
          }
        }
      }
    } catch (ExecutionException | CancellationException e) {
      String reason =
          e.getCause() instanceof UnreachableException unreachable
              ? unreachable.reason()
              : "the login there was stopped";
      throw new UnreachableException(
          "the jump host %s is no way there: %s".formatted(bastion.endpoint(), reason), e);
    }
  }

  @Override
  public void close() {
    session.cancel(false);
    thread.interrupt();
    if (session.state() == CompletableFuture.State.SUCCESS) {
      session.resultNow().close(true);
    }
  }
}
