package dev.earshot.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Whoever listens where a PostgreSQL server is expected: has no TLS, asks its first client for the
/// password, and keeps what it hears.
public final class Stranger implements AutoCloseable {

  private static final int MILLIS = 5_000;

  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
  private final CompletableFuture<String> heard = new CompletableFuture<>();

  /// @param method how it asks for the password: 3 is in clear, 5 is MD5
  /// @param salt that goes with it
  public Stranger(int method, String salt) throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            heard.complete(overhear(method, salt));
          } catch (IOException broken) {
            heard.completeExceptionally(broken);
          }
        });
  }

  public int port() {
    return socket.getLocalPort();
  }

  /// All that the client said.
  public String heard() throws ExecutionException, InterruptedException {
    return heard.get();
  }

  private String overhear(int method, String salt) throws IOException {
    try (Socket client = socket.accept()) {
      client.setSoTimeout(MILLIS);
      var from = new DataInputStream(client.getInputStream());
      var to = new DataOutputStream(client.getOutputStream());
      from.readNBytes(from.readInt() - Integer.BYTES);
      to.writeByte('N');
      byte[] startup = from.readNBytes(from.readInt() - Integer.BYTES);
      to.writeByte('R');
      to.writeInt(2 * Integer.BYTES + salt.length());
      to.writeInt(method);
      to.writeBytes(salt);
      return new String(startup, StandardCharsets.UTF_8)
          + new String(from.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
