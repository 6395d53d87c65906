package dev.earshot.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP server on 127.0.0.1 that does what a test says to everybody who connects.
final class RawServer implements AutoCloseable {
  /// What to do with a connection, which is closed afterwards.
  interface Behaviour {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  /// What to do with the first connection, the second, and so on.
  interface NumberedBehaviour {
    void serve(Socket socket, int number) throws IOException, InterruptedException;
  }

  private final ServerSocket listening;
  private final AtomicInteger connections = new AtomicInteger();

  RawServer(Behaviour behaviour) throws IOException {
    this((socket, number) -> behaviour.serve(socket));
  }

  RawServer(NumberedBehaviour behaviour) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.startVirtualThread(() -> accept(behaviour));
  }

  private void accept(NumberedBehaviour behaviour) {
    try {
      while (true) {
        Socket socket = listening.accept();
        int number = connections.incrementAndGet();
        Thread.startVirtualThread(() -> serve(behaviour, socket, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void serve(NumberedBehaviour behaviour, Socket socket, int number) {
    try (socket) {
      behaviour.serve(socket, number);
      // closed without having read everything, it would reset the connection and take back its
      // words
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the client has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Passes everything on between `socket` and a port of this machine.
  static void relay(Socket socket, int port) throws IOException {
    relay(socket, port, Long.MAX_VALUE);
  }

  /// Passes on everything to the port, but only so many bytes back; then goes on holding the
  /// connection.
  static void relay(Socket socket, int port, long bytesBack) throws IOException {
    try (var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      join(socket, server, bytesBack);
    }
  }

  /// Passes everything on between two connections.
  static void join(Socket socket, Socket server) throws IOException {
    join(socket, server, Long.MAX_VALUE);
  }

  private static void join(Socket socket, Socket server, long bytesBack) throws IOException {
    Thread.startVirtualThread(() -> copy(server, socket, bytesBack));
    socket.getInputStream().transferTo(server.getOutputStream());
  }

  /// Passes on no more than the first line.
  static void copyLine(Socket from, Socket to) throws IOException {
    for (int b = from.getInputStream().read(); b >= 0; b = from.getInputStream().read()) {
      to.getOutputStream().write(b);
      if (b == '\n') {
        return;
      }
    }
  }

  /// Passes everything on to the port and back, each way with so many bytes a second.
  static void relaySlowly(Socket socket, int port, int bytesPerSecond) throws IOException {
    try (var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      server.setReceiveBufferSize(bytesPerSecond);
      Thread.startVirtualThread(() -> copySlowly(server, socket, bytesPerSecond));
      copySlowly(socket, server, bytesPerSecond);
    }
  }

  private static void copySlowly(Socket from, Socket to, int bytesPerSecond) {
    byte[] chunk = new byte[bytesPerSecond / 20];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        Thread.sleep(1000L * length / bytesPerSecond);
        to.getOutputStream().write(chunk, 0, length);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // one of the two has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to, long bytes) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[4096];
      long left = bytes;
      for (int length = in.read(chunk); length >= 0 && left > 0; length = in.read(chunk)) {
        out.write(chunk, 0, length);
        left -= length;
      }
      if (left > 0) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      // one of the two has had enough
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
