package dev.earshot.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A backend as the incident had it: quick by itself, and chatty, as one `POST` costs twenty round
/// trips to the database over a kept connection.
///
/// Before it listens it serves itself for some seconds, so that neither the JIT compiler nor the
/// database's caches are part of what is measured later.
public final class ChattyBackend {
  private static final Duration FIRST_STEPS = Duration.ofMillis(500);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final int ASSISTANTS = 24;
  private static final int BACKLOG = 64;

  private ChattyBackend() {}

  /// Runs until it is killed; prints `listening` once it does.
  ///
  /// @param args port, JDBC URL, database user, the file that holds that user's password, and
  ///   [Habits]
  public static void main(String[] args) throws IOException {
    if (args.length < 4) {
      System.err.println(
          "usage: ChattyBackend PORT JDBC_URL USER PASSWORD_FILE [pool=N] [compute=MS] [pause=MS] [version=VERSION]");
      System.exit(2);
    }
    // The server would wait 40 ms for an acknowledgement otherwise, and that would be the
    // backend's.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    String password = Files.readString(Path.of(args[3])).strip();
    Supplier<Database> databases = () -> new Database(args[1], args[2], password);
    Habits habits = Habits.parse(Arrays.copyOfRange(args, 4, args.length));
    Pool pool = new Pool(Stream.generate(databases).limit(habits.pool()));
    warmUp(new Inbox(pool, Habits.parse()), databases);
    serve(new Inbox(pool, habits), new InetSocketAddress(Integer.parseInt(args[0])));
    System.out.println("listening");
  }

  /// Far from its database a backend would answer a handful of requests in this time, all of them
  /// interpreted code; so others warm the same code up beside it, each over a connection of its
  /// own.
  private static void warmUp(Inbox inbox, Supplier<Database> another) throws IOException {
    List<Thread> assistants =
        Stream.generate(another)
            .limit(ASSISTANTS)
            .map(extra -> Thread.startVirtualThread(() -> assist(extra)))
            .toList();
    LoadSummary summary = exercise(inbox);
    for (Thread assistant : assistants) {
      try {
        assistant.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while warming up");
      }
    }
    if (summary.requests() == 0) {
      throw new IOException("not one activity was accepted while warming up: see above");
    }
  }

  private static void assist(Database extra) {
    exercise(new Inbox(new Pool(Stream.of(extra)), Habits.parse()));
    extra.close();
  }

  private static LoadSummary exercise(Inbox inbox) {
    try {
      HttpServer server = serve(inbox, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SerialSender sender = new SerialSender(server.getAddress());
      sender.send(FIRST_STEPS); // loads classes and connects, for however long that takes
      LoadSummary summary = sender.send(WARM_UP);
      server.stop(0);
      return summary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer serve(Inbox inbox, InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.createContext("/", inbox);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }
}
