package dev.earshot.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Questions to an SSH agent (draft-ietf-sshm-ssh-agent), each over a connection of its own and
/// within bounds of time and length. The JDK speaks Unix sockets itself.
final class AgentSocket {
  private static final int LONGEST_ANSWER = 1 << 18;

  /// An agent's queue of connections is short, and there is nothing to win from filling it.
  private static final int AT_ONCE = 8;

  private final Path path;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  AgentSocket(Path path) {
    this.path = path;
  }

  /// Asks one thing.
  ///
  /// @param request type and contents of the message
  /// @return type and contents of the answer
  ByteBuffer ask(ByteBuffer request, Duration patience)
      throws AgentException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw hanging(patience, null);
    }
    var exchange = new FutureTask<ByteBuffer>(() -> exchange(request));
    try {
      Thread.ofVirtual().name("ssh-agent").start(exchange);
      return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw hanging(patience, e);
    } catch (ExecutionException e) {
      throw new AgentException(
          "at %s cannot be asked (%s)"
              .formatted(HomePath.shown(path), Text.of(e.getCause() == null ? e : e.getCause())),
          e);
    } finally {
      exchange.cancel(true); // which closes its channel
      places.release();
    }
  }

  private AgentException hanging(Duration patience, @Nullable TimeoutException cause) {
    return new AgentException(
        "at %s did not answer within %s".formatted(HomePath.shown(path), Text.seconds(patience)),
        cause);
  }

  private ByteBuffer exchange(ByteBuffer request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      ByteBuffer message =
          ByteBuffer.allocate(Integer.BYTES + request.remaining())
              .putInt(request.remaining())
              .put(request.duplicate())
              .flip();
      while (message.hasRemaining()) {
        channel.write(message);
      }
      int length = read(channel, Integer.BYTES).getInt();
      if (length < 1 || length > LONGEST_ANSWER) {
        throw new IOException("its answer has an impossible length");
      }
      return read(channel, length);
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("it closed the connection");
      }
    }
    return bytes.flip();
  }
}
