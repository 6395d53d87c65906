package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the backend answers when its database is not there; with one, the lab shows what it does.
class InboxTest {
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      closed = socket.getLocalPort();
    }
    Database nowhere =
        new Database("jdbc:postgresql://127.0.0.1:" + closed + "/lemmy", "lemmy", "");
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 8);
    server.createContext("/", new Inbox(new Pool(Stream.of(nowhere)), Habits.parse()));
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 0, 200",
    "POST, 1000, 503",
    "POST, 65536, 503",
    "POST, 65537, 413",
    "PUT, 1, 405"
  })
  void only_an_activity_needs_the_database(String method, int bodyBytes, int status)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/inbox");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.ofByteArray(new byte[bodyBytes]))
            .timeout(Duration.ofSeconds(10))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(status);
    }
  }
}
