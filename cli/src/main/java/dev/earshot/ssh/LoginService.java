package dev.earshot.ssh;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  /// A server that waits for answers has one message under way, and maybe a few that want none.
  private static final int MOST_WAITING = 16;

  private final Queue<Buffer> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final ReentrantLock working = new ReentrantLock();
  private volatile boolean done;

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
        enqueue(copy);
      }
    }
  }

  /// For the one worker, which is started where there is none.
  private void enqueue(Buffer message) throws IOException {
    if (unanswered.get() >= MOST_WAITING) {
      String reason = "sent more than %d messages at once during the login".formatted(MOST_WAITING);
      Handshake.of(clientSession).ifPresent(handshake -> handshake.refuse(reason));
      throw new IOException("the server " + reason);
    }
    waiting.add(message);
    if (unanswered.getAndIncrement() == 0) {
      Thread.ofVirtual().name("login").start(this::answerAll);
    }
  }

  private void answerAll() {
    do {
      answer(waiting.remove());
    } while (unanswered.decrementAndGet() > 0);
  }

  /// At once, because what follows is for the next service. What was not answered is dropped.
  private void succeed(int command, Buffer buffer) throws Exception {
    done = true;
    if (!working.tryLock(1, TimeUnit.SECONDS)) {
      throw new IOException("the server let the user in before it knew who it is");
    }
    try {
      super.process(command, buffer);
    } finally {
      working.unlock();
    }
  }

  private void answer(Buffer message) {
    working.lock();
    try {
      if (!done && clientSession.isOpen()) {
        super.process(message.array()[0], message);
      }
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
