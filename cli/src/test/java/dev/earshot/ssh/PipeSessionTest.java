package dev.earshot.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

class PipeSessionTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int ALLOWED = (int) (PipeSession.MOST_WAITING_BYTES / MEGABYTE);

  /// Nobody asks it anything.
  private static final IoService SERVICE =
      (IoService)
          Proxy.newProxyInstance(
              PipeSessionTest.class.getClassLoader(),
              new Class<?>[] {IoService.class},
              (_, _, _) -> null);

  /// Says nothing and takes nothing.
  private static final class Stuck implements Pipe {
    private final PipedInputStream in = new PipedInputStream();
    private final PipedInputStream unread = new PipedInputStream();
    private final PipedOutputStream silent;
    private final PipedOutputStream out;

    Stuck() throws IOException {
      silent = new PipedOutputStream(in);
      out = new PipedOutputStream(unread);
    }

    @Override
    public InputStream in() {
      return in;
    }

    @Override
    public OutputStream out() {
      return out;
    }

    @Override
    public Thread.Builder threads() {
      return Thread.ofVirtual();
    }

    @Override
    public void close() throws IOException {
      silent.close();
      unread.close();
    }
  }

  private static final class Heard implements IoHandler {
    final CompletableFuture<Throwable> trouble = new CompletableFuture<>();

    @Override
    public void sessionCreated(IoSession session) {}

    @Override
    public void sessionClosed(IoSession session) {}

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
      trouble.complete(cause);
    }

    @Override
    public void messageReceived(IoSession session, Readable message) {}
  }

  @Test
  void keeps_no_more_than_it_may_for_a_program_that_takes_nothing() throws Exception {
    var heard = new Heard();
    var session =
        new PipeSession(
            new Stuck(), heard, SERVICE, InetSocketAddress.createUnresolved("host", 22));
    session.start();
    List<IoWriteFuture> writes =
        IntStream.range(0, ALLOWED + 1)
            .mapToObj(_ -> session.writeBuffer(new ByteArrayBuffer(new byte[MEGABYTE])))
            .toList();
    assertThat(heard.trouble.get(5, TimeUnit.SECONDS))
        .hasMessage("the other end takes nothing of what is sent to it");
    assertThat(writes.subList(0, ALLOWED)).noneMatch(IoWriteFuture::isDone);
    assertThat(writes.getLast().getException()).isNotNull();
    session.close(true);
    assertThat(writes).allSatisfy(write -> assertThat(write.await(5000)).isTrue());
  }
}
