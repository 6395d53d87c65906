package dev.earshot.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Hands the driver the socket that was opened for it: the driver makes its factory by name, on the
/// thread that connects.
public final class GivenSockets extends SocketFactory {

  static final ScopedValue<Socket> SOCKET = ScopedValue.newInstance();

  @Override
  public Socket createSocket() throws IOException {
    return SOCKET.get();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return SOCKET.get();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return SOCKET.get();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return SOCKET.get();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return SOCKET.get();
  }
}
