package dev.earshot.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/// Answers the backend's requests: a `POST` is an activity to accept, which is work for the
/// database; a `GET` says that the backend is up, without asking the database anything.
final class Inbox implements HttpHandler {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int NO_BODY = -1;

  private final Pool pool;
  private final Habits habits;

  Inbox(Pool pool, Habits habits) {
    this.pool = pool;
    this.habits = habits;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "POST" -> exchange.sendResponseHeaders(accept(exchange), NO_BODY);
        case "GET" -> {
          byte[] body = habits.about().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
        default -> exchange.sendResponseHeaders(405, NO_BODY);
      }
    }
  }

  private int accept(HttpExchange exchange) throws IOException {
    if (exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1).length > MAX_BODY_BYTES) {
      return 413;
    }
    try {
      pool.accept();
      habits.live();
      return 200;
    } catch (SQLException e) {
      System.err.println("activity not accepted: " + e.getMessage());
      return 503;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 503;
    }
  }
}
