package dev.earshot.lab;

import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/// The backend's connections to its database. A request that finds none free waits for one.
final class Pool {
  private final BlockingQueue<Database> free = new LinkedBlockingQueue<>();

  Pool(Stream<Database> connections) {
    connections.forEach(free::add);
  }

  /// Does the work of one activity.
  void accept() throws SQLException, InterruptedException {
    Database database = free.take();
    try {
      database.accept();
    } finally {
      free.add(database);
    }
  }
}
