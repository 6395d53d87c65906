package dev.earshot.ssh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.session.ClientSession;

/// Jump hosts that were logged in to: one connection to each, however many hosts are behind it. One
/// that let nobody in is not tried again, one whose connection was lost is.
final class Bastions implements AutoCloseable {

  /// Logs in to a host.
  @FunctionalInterface
  interface Login {
    ClientSession open(SshTarget target, Deadline deadline)
        throws UnreachableException, InterruptedException;
  }

  private final Login login;
  private final Duration patience;
  private final Map<SshTarget, BastionLogin> logins = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param patience the longest that logging in to one of them may take, whoever waits for it
  Bastions(Login login, Duration patience) {
    this.login = login;
    this.patience = patience;
  }

  /// The connection to a jump host.
  ///
  /// @param deadline of the one who waits for it; it stands still while a person is asked for what
  ///   opens the jump host
  ClientSession session(SshTarget bastion, Deadline deadline)
      throws UnreachableException, InterruptedException {
    BastionLogin current =
        logins.compute(
            bastion,
            (_, known) ->
                known == null || known.isLost()
                    ? BastionLogin.started(bastion, login, Deadline.in(patience))
                    : known);
    if (closed) {
      current.close();
    }
    return current.await(deadline);
  }

  /// Hangs up on all of them.
  @Override
  public void close() {
    closed = true;
    logins.values().forEach(BastionLogin::close);
  }
}
