package dev.earshot.remote;

import dev.earshot.evidence.Evidence;
import dev.earshot.evidence.Remote;
import dev.earshot.evidence.Remote.Poll;
import dev.earshot.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Polls other instances at both ends of something: all at once, each within a deadline and a size,
/// and without following anybody anywhere.
///
/// @param domain our own
/// @param deadline for one poll
public record RemotePoller(List<RemoteUrl> remotes, String domain, Duration deadline) {

  public static final Duration DEADLINE = Duration.ofSeconds(20);

  /// The largest instances answer with some 4 MiB.
  static final int MOST_BYTES = 16 << 20;

  private static final int MOST_PAGES = 200;

  /// What was made in between, and what the instances said before and after.
  public record Watched<T>(T made, List<Remote> remotes) {}

  public RemotePoller {
    remotes = List.copyOf(remotes);
  }

  /// Polls before and after some work.
  ///
  /// @param work what is done between the polls; the first ones run beside its beginning
  public <T> Watched<T> around(Supplier<T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Evidence<Poll>>> before = begin(threads);
      T made = work.get();
      List<Evidence<Poll>> start = results(before);
      List<Evidence<Poll>> end = results(begin(threads));
      List<Remote> all = new ArrayList<>();
      for (int i = 0; i < remotes.size(); i++) {
        all.add(new Remote(remotes.get(i).name(), domain, start.get(i), end.get(i)));
      }
      return new Watched<>(made, all);
    }
  }

  private List<Future<Evidence<Poll>>> begin(ExecutorService threads) {
    return remotes.stream().map(url -> threads.submit(() -> within(url))).toList();
  }

  private static List<Evidence<Poll>> results(List<Future<Evidence<Poll>>> running) {
    List<Evidence<Poll>> results = new ArrayList<>();
    for (Future<Evidence<Poll>> one : running) {
      try {
        results.add(one.get());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the audit was interrupted");
      } catch (ExecutionException defect) {
        throw new IllegalStateException("asking another instance failed", defect.getCause());
      }
    }
    return results;
  }

  private Evidence<Poll> within(RemoteUrl url) throws InterruptedException {
    try (HttpClient client =
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline)
                .build();
        ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Poll> running = thread.submit(() -> poll(client, url));
      try {
        return new Evidence.Collected<>(running.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        return new Evidence.Uncollected<>(silence());
      } catch (ExecutionException failed) {
        return new Evidence.Uncollected<>(reason(failed));
      } finally {
        client.shutdownNow();
        running.cancel(true);
      }
    }
  }

  private String silence() {
    return "no answer within %d s".formatted(Math.max(1, deadline.toSeconds()));
  }

  private String reason(ExecutionException failed) {
    return switch (failed.getCause()) {
      case HttpTimeoutException _ -> silence();
      case IllegalArgumentException told -> String.valueOf(told.getMessage());
      case IOException broken ->
          "it could not be asked: "
              + Printable.of(
                  Optional.ofNullable(broken.getMessage())
                      .orElse(broken.getClass().getSimpleName()));
      case null -> throw new IllegalStateException(failed);
      case Throwable defect -> "a defect in Earshot, please report it: " + defect;
    };
  }

  /// 0.19 first; a release that no longer has that interface says so.
  private Poll poll(HttpClient client, RemoteUrl url) throws IOException, InterruptedException {
    String refusal = url.refusal();
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
    Instant at = Instant.now();
    FederatedInstances instances = new FederatedInstances(domain);
    Optional<byte[]> old = get(client, url, "/api/v3/federated_instances");
    if (old.isPresent()) {
      instances.add(old.get());
      return instances.poll(at);
    }
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      byte[] body =
          get(
                  client,
                  url,
                  "/api/v4/federated_instances?kind=linked&limit=50"
                      + (cursor.isEmpty()
                          ? ""
                          : "&page_cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
              .orElseThrow(() ->
                  new IllegalArgumentException("it has neither /api/v3 nor /api/v4 of Lemmy"));
      Optional<String> next = instances.add(body);
      if (next.isEmpty()) {
        return instances.poll(at);
      }
      cursor = next.get();
    }
    throw new IllegalArgumentException("it tells of more instances than anybody has");
  }

  /// @return nothing where it has no such page
  private Optional<byte[]> get(HttpClient client, RemoteUrl url, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.base() + path))
            .timeout(deadline)
            .header("User-Agent", "earshot")
            .header("Accept", "application/json")
            .build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == 404 || status == 410) {
        return Optional.empty();
      }
      if (status >= 300 && status < 400) {
        throw new IllegalArgumentException(
            "it sends us elsewhere (status %d to %s), which is not followed: give that URL, if it is meant"
                .formatted(
                    status,
                    Printable.of(response.headers().firstValue("Location").orElse("nowhere"))));
      }
      if (status != 200) {
        throw new IllegalArgumentException(
            "it answered with status %d%s"
                .formatted(status, status == 401 ? ": is it a private instance?" : ""));
      }
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "it answered with more than %d MiB".formatted(MOST_BYTES >> 20));
      }
      return Optional.of(bytes);
    }
  }
}
