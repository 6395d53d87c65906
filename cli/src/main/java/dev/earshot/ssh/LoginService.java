package dev.earshot.ssh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.auth.AbstractUserAuthServiceFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Tries one method of authentication after the other. A server's answers are worked on outside the
/// few threads that serve all connections, because agents and people take their time.
final class LoginService extends ClientUserAuthService {

  /// Makes them for sessions.
  static final class Factory extends AbstractUserAuthServiceFactory {
    @Override
    public Service create(Session session) {
      return new LoginService(session);
    }
  }

  private final ReentrantLock working = new ReentrantLock();

  private LoginService(Session session) {
    super(session);
  }

  @Override
  public AuthFuture auth(String service) throws IOException {
    clientMethods.clear();
    clientMethods.addAll(Handshake.authenticationOf(clientSession).methods());
    return super.auth(service);
  }

  @Override
  public void process(int command, Buffer buffer) throws Exception {
    switch (command) {
      case SshConstants.SSH_MSG_USERAUTH_BANNER -> super.process(command, buffer);
      case SshConstants.SSH_MSG_USERAUTH_SUCCESS -> succeed(command, buffer);
      default -> {
        var copy = new ByteArrayBuffer();
        copy.putByte((byte) command); // SSHD goes back for it
        copy.putRawBytes(buffer.getCompactData());
        copy.rpos(1);
        Thread.ofVirtual().name("login").start(() -> answer(command, copy));
      }
    }
  }

  /// At once, because what follows is for the next service.
  private void succeed(int command, Buffer buffer) throws Exception {
    if (!working.tryLock(1, TimeUnit.SECONDS)) {
      throw new IOException("the server let the user in before it knew who it is");
    }
    try {
      super.process(command, buffer);
    } finally {
      working.unlock();
    }
  }

  private void answer(int command, Buffer buffer) {
    working.lock();
    try {
      super.process(command, buffer);
    } catch (Exception e) {
      clientSession.exceptionCaught(e);
    } finally {
      working.unlock();
    }
  }

  @Override
  protected void tryNext(int command, AuthFuture future) throws Exception {
    Handshake.authenticationOf(clientSession).serverAllows(serverMethods);
    super.tryNext(command, future);
  }
}
