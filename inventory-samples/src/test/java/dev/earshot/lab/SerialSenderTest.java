package dev.earshot.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SerialSenderTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void every_answered_request_is_counted_and_all_go_over_one_connection() {
    answerWith(200);
    LoadSummary summary = new SerialSender(server.getAddress()).send(SHORT);
    assertThat(summary.requests()).isPositive().isEqualTo(requests.size());
    assertThat(summary.failures()).isZero();
    assertThat(summary.took()).isBetween(SHORT, SHORT.plusSeconds(5));
    assertThat(connections).hasSize(1);
    assertThat(requests).containsOnly("POST /inbox");
  }

  @Test
  void a_refused_request_is_a_failure_and_ends_its_connection() {
    answerWith(503);
    LoadSummary summary = new SerialSender(server.getAddress()).send(SHORT);
    assertThat(summary.requests()).isZero();
    assertThat(summary.failures()).isPositive().isEqualTo(connections.size());
  }

  @Test
  void a_server_that_is_not_there_is_tried_until_the_time_is_over() {
    InetSocketAddress address = server.getAddress();
    server.stop(0);
    LoadSummary summary = new SerialSender(address).send(SHORT);
    assertThat(summary.requests()).isZero();
    assertThat(summary.failures()).isBetween(1, 3);
  }

  private void answerWith(int status) {
    server.createContext(
        "/",
        exchange -> {
          note(exchange);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private void note(HttpExchange exchange) {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    connections.add(exchange.getRemoteAddress());
  }
}
