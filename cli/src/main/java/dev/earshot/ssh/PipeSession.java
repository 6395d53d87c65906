package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/// What SSHD takes for a connection, over a [Pipe]. One thread reads, and hands on what it has read
/// before it reads more; one writes what waits, which is bounded.
final class PipeSession extends AbstractCloseable implements IoSession {

  private static final int READ_BYTES = 1 << 15;

  /// Many times what SSH's windows allow to be on the way to all hosts behind a busy jump host.
  static final long MOST_WAITING_BYTES = 1 << 26;

  private static final AtomicLong IDS = new AtomicLong(1L << 32);

  private static final class Write extends AbstractIoWriteFuture {
    private final Buffer buffer;
    private final int bytes;

    Write(Buffer buffer) {
      super("write", null);
      this.buffer = buffer;
      this.bytes = buffer.available();
    }

    void done() {
      setValue(true);
    }

    void failed(Exception reason) {
      setValue(reason);
    }
  }

  private final long id = IDS.incrementAndGet();
  private final Pipe pipe;
  private final IoHandler handler;
  private final IoService service;
  private final SocketAddress address;
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread reader;
  private final Thread writer;

  /// @param address of the host at the other end, for those who ask
  PipeSession(Pipe pipe, IoHandler handler, IoService service, SocketAddress address) {
    this.pipe = pipe;
    this.handler = handler;
    this.service = service;
    this.address = address;
    this.reader = pipe.threads().name("pipe-read").unstarted(this::read);
    this.writer = pipe.threads().name("pipe-write").unstarted(this::write);
  }

  /// From here on bytes flow. The handler has to know of this session already.
  void start() {
    writer.start();
    reader.start();
  }

  private void read() {
    byte[] bytes = new byte[READ_BYTES];
    try {
      InputStream in = pipe.in();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        handler.messageReceived(this, new ByteArrayBuffer(bytes, 0, count));
      }
      close(true);
    } catch (Exception broken) {
      caught(broken);
    }
  }

  private void write() {
    try {
      OutputStream out = pipe.out();
      while (!isClosing()) {
        Write next = writes.take();
        try {
          out.write(next.buffer.array(), next.buffer.rpos(), next.bytes);
          out.flush();
          waitingBytes.addAndGet(-next.bytes);
          next.done();
        } catch (IOException broken) {
          next.failed(broken);
          throw broken;
        }
      }
    } catch (IOException broken) {
      caught(broken);
    } catch (InterruptedException _) {
      // the session is closed
    } finally {
      giveUpWrites();
    }
  }

  private void giveUpWrites() {
    for (Write each = writes.poll(); each != null; each = writes.poll()) {
      each.failed(new ClosedChannelException());
    }
  }

  private void caught(Exception broken) {
    if (isClosing()) {
      return;
    }
    try {
      handler.exceptionCaught(this, broken);
    } catch (Exception _) {
      close(true);
    }
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) {
    Write write = new Write(buffer);
    if (isClosing()) {
      write.failed(new ClosedChannelException());
      return write;
    }
    if (waitingBytes.addAndGet(write.bytes) > MOST_WAITING_BYTES) {
      var tooMuch = new IOException("the other end takes nothing of what is sent to it");
      write.failed(tooMuch);
      caught(tooMuch);
      return write;
    }
    writes.add(write);
    if (isClosing()) {
      giveUpWrites();
    }
    return write;
  }

  @Override
  protected void doCloseImmediately() {
    writer.interrupt();
    try {
      pipe.close();
    } catch (IOException _) {
      // it was broken already
    }
    giveUpWrites();
    try {
      handler.sessionClosed(this);
    } catch (Exception _) {
      // nobody is left to tell
    }
    super.doCloseImmediately();
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return address;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return address;
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return null;
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public IoService getService() {
    return service;
  }

  /// Only the whole session is ever closed.
  @Override
  public void shutdownOutputStream() {}

  /// Nothing reads ahead of what was asked for.
  @Override
  public void suspendRead() {}

  @Override
  public void resumeRead() {}
}
