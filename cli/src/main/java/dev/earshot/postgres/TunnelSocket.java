package dev.earshot.postgres;

import dev.earshot.ssh.ForwardedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;

/// What the driver takes for a TCP connection: one that a host behind SSH makes for us. Nothing
/// listens here. It never gives up by itself: whoever waits for it closes it in time.
public final class TunnelSocket extends Socket {

  private final ForwardedConnection tunnel;
  private final InputStream in;

  public TunnelSocket(ForwardedConnection tunnel) {
    this.tunnel = tunnel;
    this.in = BoundedSocket.bounded(tunnel.in());
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return tunnel.out();
  }

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public int getSendBufferSize() {
    return 1 << 13;
  }

  @Override
  public void shutdownOutput() {}

  @Override
  public synchronized void close() throws IOException {
    tunnel.close();
    super.close();
  }
}
