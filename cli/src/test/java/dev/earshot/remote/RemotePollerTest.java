package dev.earshot.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Evidence.Collected;
import dev.earshot.evidence.Evidence.Uncollected;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Remote.Others;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.evidence.Remote.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against an HTTP server on the loopback that answers as Lemmy does, or worse.
class RemotePollerTest {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void lemmy019IsPolledBeforeAndAfter() {
    AtomicLong newest = new AtomicLong(5000);
    server.createContext(
        "/api/v3/federated_instances",
        exchange ->
            answer(
                exchange,
                200,
                """
                {"federated_instances": {"linked": [
                  {"id": 1, "domain": "big.example", "federation_state": {"instance_id": 1, "last_successful_id": %d, "last_successful_published_time": "2026-01-02T03:04:05.123456Z", "fail_count": 0}},
                  {"id": 2, "domain": "Lemmy.Ours", "federation_state": {"instance_id": 2, "last_successful_id": 4000, "last_successful_published_time": "2026-01-02T02:04:05.123456Z", "fail_count": 3}},
                  {"id": 3, "domain": "never.example"},
                  {"id": 4, "domain": "late.example", "federation_state": {"instance_id": 4, "last_successful_id": 4400, "fail_count": 0}},
                  {"id": 5, "domain": "near.example", "federation_state": {"instance_id": 5, "last_successful_id": 4990, "fail_count": 0}},
                  {"id": 6, "domain": "gone.example", "federation_state": {"instance_id": 6, "last_successful_id": 10, "fail_count": 12}}
                ], "allowed": [], "blocked": []}}
                """
                    .formatted(newest.getAndAdd(70))));

    RemotePoller.Watched<String> watched =
        poller(Duration.ofSeconds(10)).around(RemotePollerTest::work);

    assertThat(watched.made()).isEqualTo("done");
    Remote remote = watched.remotes().getFirst();
    assertThat(remote.name()).isEqualTo("127.0.0.1:" + server.getAddress().getPort());
    Poll start = remote.start().collected().orElseThrow();
    Poll end = remote.end().collected().orElseThrow();
    assertThat(start.newest()).isEqualTo(5000);
    assertThat(end.newest()).isEqualTo(5070);
    assertThat(end.at()).isAfter(start.at());
    assertThat(end.newestPublished()).contains(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(end.ours())
        .contains(new Sent(4000, Optional.of(Instant.parse("2026-01-02T02:04:05.123456Z")), 3));
    // the big one and the near one are not; who can't be reached does not count
    assertThat(end.others()).contains(new Others(3, 1));
  }

  @Test
  void lemmy10IsReadPageByPage() {
    server.createContext(
        "/api/v4/federated_instances",
        exchange ->
            answer(
                exchange,
                200,
                String.valueOf(exchange.getRequestURI().getQuery()).endsWith("page_cursor=P2&")
                    ? """
                    {"items": [{"instance": {"domain": "lemmy.ours"}, "queue_state": {"last_successful_id": 41, "last_successful_published_time_at": "2026-01-02T03:04:05Z", "fail_count": 0}}]}
                    """
                    : """
                    {"items": [{"instance": {"domain": "big.example"}, "queue_state": {"last_successful_id": 50}}, {"instance": {"domain": "x"}}], "next_page": "P2&"}
                    """));

    Poll poll = end().collected().orElseThrow();

    assertThat(poll.newest()).isEqualTo(50);
    assertThat(poll.ours().orElseThrow().upTo()).isEqualTo(41);
  }

  @Test
  void whoeverSendsOnlyToThoseAllowedIsReadByThese() {
    server.createContext(
        "/api/v3/federated_instances",
        exchange ->
            answer(
                exchange,
                200,
                """
                {"federated_instances": {"linked": [{"domain": "a", "federation_state": {"last_successful_id": 99}}],
                  "allowed": [{"domain": "b", "federation_state": {"last_successful_id": 7}}]}}
                """));

    Poll poll = end().collected().orElseThrow();

    assertThat(poll.newest()).isEqualTo(7);
    assertThat(poll.ours()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | <html>                                       | it did not answer with JSON
          200 | []                                           | it did not answer with a list of instances
          200 | {"federated_instances": {"linked": []}}      | it tells of no instance that it sends to
          401 | {}                                           | status 401: is it a private instance?
          500 | {}                                           | status 500
          302 | {}                                           | status 302 to https://elsewhere.example/), which is not followed
          404 | {}                                           | it has neither /api/v3 nor /api/v4 of Lemmy
          """)
  void whatIsNoAnswerIsToldWhy(int status, String body, String reason) {
    server.createContext("/", exchange -> answer(exchange, status, body));

    assertThat(reason(end())).contains(reason);
  }

  @Test
  void endlessAnswersEnd() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
          try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
              out.write(much);
            }
          }
        });

    assertThat(reason(end())).isEqualTo("it answered with more than 16 MiB");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void silenceEnds(boolean headers) {
    server.createContext(
        "/",
        exchange -> {
          if (headers) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
          }
          sleep(Duration.ofSeconds(30));
        });

    long began = System.nanoTime();
    assertThat(reason(end())).isEqualTo("no answer within 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whoIsNotThereIsToldSo() {
    server.stop(0);

    assertThat(reason(end())).startsWith("it could not be asked: ");
  }

  @ParameterizedTest
  @CsvSource({
    "lemmy.example, https://lemmy.example",
    "https://lemmy.example/, https://lemmy.example",
    "https://lemmy.example:8443, https://lemmy.example:8443",
    "http://127.0.0.1:8536, http://127.0.0.1:8536",
    "https://10.0.0.5, https://10.0.0.5"
  })
  void urls(String text, String base) {
    assertThat(RemoteUrl.of(text).base()).hasToString(base);
    assertThat(RemoteUrl.of(base).name()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://lemmy.example",
        "ftp://lemmy.example",
        "https://user:secret@lemmy.example",
        "https://lemmy.example/path",
        "https://lemmy.example?x=1",
        "https://",
        "not a url"
      })
  void noUrls(String text) {
    assertThatThrownBy(() -> RemoteUrl.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesThatLeadToPrivateAddressesAreNotAsked() {
    assertThat(RemoteUrl.of("https://ip6-localhost").refusal())
        .containsAnyOf("private address", "there is no address");
    assertThat(RemoteUrl.of("https://10.0.0.5").refusal()).isEmpty();
    assertThat(RemoteUrl.of("https://nowhere.invalid").refusal()).contains("there is no address");
  }

  private RemotePoller poller(Duration deadline) {
    return new RemotePoller(
        List.of(RemoteUrl.of("http://127.0.0.1:" + server.getAddress().getPort())),
        "lemmy.ours",
        deadline);
  }

  private Evidence<Poll> end() {
    return poller(Duration.ofSeconds(1)).around(() -> "").remotes().getFirst().end();
  }

  private static String reason(Evidence<Poll> evidence) {
    return switch (evidence) {
      case Uncollected<Poll>(String reason) -> reason;
      case Collected<Poll> _, Evidence.Absent<Poll> _ -> "";
    };
  }

  private static String work() {
    sleep(Duration.ofMillis(500));
    return "done";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
