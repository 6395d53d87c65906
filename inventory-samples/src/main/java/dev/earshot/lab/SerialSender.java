package dev.earshot.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Sends as the incident's sender did: the next activity goes out when the last one was accepted,
/// over one kept connection. Each request is one write, and so one segment on the wire.
public final class SerialSender {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
  private static final int BODY_BYTES = 1000;

  private final InetSocketAddress to;
  private final byte[] request;

  SerialSender(InetSocketAddress to) {
    this.to = to;
    String body = "{\"type\": \"Create\", \"content\": \"%s\"}".formatted("x".repeat(BODY_BYTES));
    this.request =
        ("POST /inbox HTTP/1.1\r\n"
                + "Host: small.example\r\n"
                + "Content-Type: application/activity+json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /// Posts for some seconds and prints one line of JSON.
  ///
  /// @param args address, port, seconds, and how many senders there are, each with a connection of
  ///   its own
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 4) {
      System.err.println("usage: SerialSender ADDRESS PORT SECONDS SENDERS");
      System.exit(2);
    }
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
    List<LoadSummary> summaries = new CopyOnWriteArrayList<>();
    List<Thread> senders =
        Stream.generate(() -> new SerialSender(to))
            .limit(Integer.parseInt(args[3]))
            .map(sender -> Thread.startVirtualThread(() -> summaries.add(sender.send(time))))
            .toList();
    for (Thread sender : senders) {
      sender.join();
    }
    LoadSummary summary = summaries.stream().reduce(LoadSummary::plus).orElseThrow();
    System.out.println(summary.json());
    System.exit(summary.requests() > 0 && summary.failures() == 0 ? 0 : 1);
  }

  /// Sends until the time is over; the request under way then is still waited for and counted.
  LoadSummary send(Duration time) {
    long start = System.nanoTime();
    List<Duration> answered = new ArrayList<>();
    int failures = 0;
    while (since(start).compareTo(time) < 0) {
      try (Socket socket = connect()) {
        while (since(start).compareTo(time) < 0) {
          long sent = System.nanoTime();
          socket.getOutputStream().write(request);
          int status = AnswerReader.readStatus(socket.getInputStream());
          if (status != 200) {
            throw new IOException("answered with status " + status);
          }
          answered.add(since(sent));
        }
      } catch (IOException e) {
        failures++;
        System.err.println("POST failed: " + e.getMessage());
        pause();
      }
    }
    return new LoadSummary(answered, failures, since(start));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(to, (int) PATIENCE.toMillis());
    return socket;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
