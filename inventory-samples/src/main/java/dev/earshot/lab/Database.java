package dev.earshot.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/// The backend's pool of one connection, kept from request to request. One that turns out to be
/// dead is opened anew, once a request.
final class Database {
  private static final String CONNECTION_EXCEPTIONS = "08";
  private static final String ADMIN_SHUTDOWN = "57P01";

  private final String url;
  private final Properties properties;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Kept> kept = Optional.empty();

  Database(String url, String user, String password) {
    this.url = url;
    this.properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "lemmy");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
  }

  private record Kept(Connection connection, Activity activity) {}

  /// Does the work of one activity; requests take turns.
  void accept() throws SQLException {
    lock.lock();
    try {
      boolean fresh = kept.isEmpty();
      try {
        connected().activity().accept();
      } catch (SQLException e) {
        drop();
        if (fresh || !isLost(e)) {
          throw e;
        }
        connected().activity().accept();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends the kept connection, if there is one.
  void close() {
    lock.lock();
    try {
      drop();
    } catch (SQLException e) {
      System.err.println("connection not closed in order: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private Kept connected() throws SQLException {
    if (kept.isEmpty()) {
      Connection connection = DriverManager.getConnection(url, properties);
      kept = Optional.of(new Kept(connection, Activity.prepare(connection)));
    }
    return kept.get();
  }

  private void drop() throws SQLException {
    if (kept.isPresent()) {
      Connection connection = kept.get().connection();
      kept = Optional.empty();
      connection.close();
    }
  }

  private static boolean isLost(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith(CONNECTION_EXCEPTIONS) || state.equals(ADMIN_SHUTDOWN));
  }
}
