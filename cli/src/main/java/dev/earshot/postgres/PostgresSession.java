package dev.earshot.postgres;

import dev.earshot.evidence.CommandResult;
import dev.earshot.evidence.CustomQuery;
import dev.earshot.evidence.SqlProgram;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Puts questions to a server: each in connections of its own, read-only, and bounded in time and
/// in what is read, as psql gets them on a host.
///
/// @param login the longest that the first login may take
public record PostgresSession(PostgresServer server, Opener opener, Duration login) {

  /// The driver tells its log of servers, users and URLs.
  private static final Logger SILENCED = Logger.getLogger("org.postgresql");

  private static final String OPTIONS =
      "-c search_path=pg_catalog -c default_transaction_read_only=on -c statement_timeout=5s -c"
          + " lock_timeout=50ms";

  static {
    SILENCED.setLevel(Level.OFF);
  }

  /// Later ones are to a server that has answered already.
  private static final Duration LOGIN_AGAIN = Duration.ofSeconds(10);

  /// Logs in, and says under which addresses the server is reached: those that its clients may
  /// have, too.
  public Set<String> addresses() throws PostgresException {
    try (Watch watch = new Watch(login)) {
      try {
        Set<String> addresses = new TreeSet<>();
        Socket socket = watch.over(opener.open(server, watch.remaining()));
        if (socket instanceof BoundedSocket) {
          addresses.add(socket.getInetAddress().getHostAddress());
        }
        try (Connection connection = connect(server.database(), socket)) {
          own(connection).ifPresent(addresses::add);
        }
        return addresses;
      } catch (IOException | SQLException | RuntimeException e) {
        throw new PostgresException(new PostgresTrouble(server, watch).of(e));
      }
    }
  }

  private static Optional<String> own(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select host(inet_server_addr())")) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  /// What psql would print of this program.
  public CommandResult ask(SqlProgram program) {
    List<Connection> connections = new ArrayList<>();
    try (Watch watch = new Watch(LOGIN_AGAIN.plus(program.probe().deadline()))) {
      try {
        return answer(
            program,
            database -> {
              Connection connection = connect(database, watch);
              connections.add(connection);
              return connection;
            });
      } catch (SQLException | RuntimeException e) {
        return watch.passed()
            ? new CommandResult(CommandResult.TIMED_OUT, "", false)
            : new CommandResult(
                CommandResult.COULD_NOT_LOOK, new PostgresTrouble(server, watch).of(e), false);
      } finally {
        connections.forEach(PostgresSession::close);
      }
    }
  }

  /// What a shell on the host would print of this query.
  public CommandResult ask(CustomQuery query) {
    try (Watch watch = new Watch(LOGIN_AGAIN.plus(query.probe().deadline()))) {
      try (Connection connection = connect(query.database().orElse(server.database()), watch)) {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return new CommandResult(0, answer(query, connection), false);
      } catch (SQLException | RuntimeException e) {
        return watch.passed()
            ? new CommandResult(CommandResult.TIMED_OUT, "", false)
            : new CommandResult(
                CommandResult.COULD_NOT_LOOK, new PostgresTrouble(server, watch).of(e), false);
      }
    }
  }

  private String answer(CustomQuery query, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setMaxRows(CustomQuery.MOST + 1);
      try (ResultSet rows = statement.executeQuery(query.statement())) {
        CsvOutput table = new CsvOutput();
        table.table(rows);
        return CustomQuery.printed(server.port(), table.text());
      }
    } catch (SQLException refused) {
      if (connection.isClosed()) {
        throw refused;
      }
      return CustomQuery.printedRefusal(server.port(), String.valueOf(refused.getMessage()));
    }
  }

  private CommandResult answer(SqlProgram program, PsqlScript.Databases databases)
      throws SQLException {
    Connection first = databases.connect(server.database());
    CsvOutput output = new CsvOutput();
    if (program.probe().repeated()) {
      output.line(uptime(first));
    }
    output.line("=== " + server.port());
    new PsqlScript(first, databases, output).run(program.statements());
    for (String database : list(program, first)) {
      CsvOutput found = new CsvOutput();
      try {
        new PsqlScript(databases.connect(database), databases, found).run(program.ofDatabase());
      } catch (SQLException _) {
        continue;
      }
      if (found.text().startsWith("@denied")) {
        return new CommandResult(CommandResult.COULD_NOT_LOOK, program.denied(), false);
      }
      if (!found.text().isEmpty()) {
        output.line(found.text().stripTrailing());
        return new CommandResult(0, output.text(), output.isTruncated());
      }
    }
    return program.statements().isEmpty()
        ? new CommandResult(CommandResult.ABSENT, "", false)
        : new CommandResult(0, output.text(), output.isTruncated());
  }

  /// The server's own clock, which nobody adjusts while it runs but with the machine's.
  private static String uptime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select extract(epoch from clock_timestamp() - pg_postmaster_start_time())")) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private static List<String> list(SqlProgram program, Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    if (!program.databases().isEmpty()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(program.databases())) {
        while (rows.next()) {
          names.add(String.valueOf(rows.getString(1)));
        }
      }
    }
    return names;
  }

  private Connection connect(String database, Watch watch) throws SQLException {
    try {
      return connect(database, watch.over(opener.open(server, watch.remaining())));
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  private Connection connect(String database, Socket socket) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                server.bracketed(),
                server.port(),
                URLEncoder.encode(database, StandardCharsets.UTF_8));
    try {
      return ScopedValue.where(GivenSockets.SOCKET, socket)
          .call(() -> DriverManager.getConnection(url, properties()));
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException(e);
    }
  }

  /// A password is always given, lest the driver looks for one in the user's files; results come as
  /// text, as psql prints them.
  private Properties properties() {
    Properties all = new Properties();
    all.setProperty("user", server.user());
    all.setProperty("password", server.password().text());
    all.setProperty("authenticationPluginClassName", ProvenLogin.class.getName());
    all.setProperty("ApplicationName", "earshot");
    all.setProperty("assumeMinServerVersion", "12");
    all.setProperty("options", OPTIONS);
    all.setProperty("preferQueryMode", "simple");
    all.setProperty("maxResultBuffer", String.valueOf(BoundedSocket.MOST_BYTES));
    all.setProperty("gssEncMode", "disable");
    all.setProperty("socketFactory", GivenSockets.class.getName());
    all.setProperty("sslmode", server.sslMode().label());
    if (server.sslMode().verifies()) {
      if (server.rootCertificate().equals(PostgresServer.SYSTEM)) {
        all.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
      } else {
        all.setProperty("sslrootcert", server.rootCertificate());
      }
    }
    return all;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // it was broken already
    }
  }
}
