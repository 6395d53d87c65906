package dev.earshot.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// Makes connections to a server, over which nothing has been said yet.
@FunctionalInterface
public interface Opener {

  Socket open(PostgresServer server, Duration within) throws IOException;

  /// Connects to it from here.
  static Socket direct(PostgresServer server, Duration within) throws IOException {
    Socket socket = new BoundedSocket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(server.host()), server.port()),
          Math.toIntExact(within.toMillis()));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
