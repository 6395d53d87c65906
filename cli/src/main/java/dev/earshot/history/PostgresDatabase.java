package dev.earshot.history;

import dev.earshot.postgres.PostgresServer;
import dev.earshot.postgres.ProvenLogin;
import dev.earshot.postgres.SslMode;
import dev.earshot.ssh.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of a team. What the URL leaves out, libpq's environment says; where that has no
/// password, the driver looks into the password file.
public record PostgresDatabase(PostgresServer server) implements HistoryLocation {

  /// The driver tells its log of servers, users and URLs.
  private static final Logger SILENCED = Logger.getLogger("org.postgresql");

  private static final Pattern MEANT = Pattern.compile("postgres(ql)?://.*", Pattern.DOTALL);

  /// Seconds. An audit has to end though nobody answers.
  private static final int LOGIN_SECONDS = 10;

  private static final int ANSWER_SECONDS = 60;

  static {
    SILENCED.setLevel(Level.OFF);
  }

  static boolean isMeant(String text) {
    return MEANT.matcher(text).matches();
  }

  static PostgresDatabase of(String text, Map<String, String> environment) {
    URI url = parse(text);
    String userInfo = String.valueOf(url.getUserInfo() == null ? "" : url.getUserInfo());
    Map<String, String> parameters = parameters(url);
    if (userInfo.contains(":") || parameters.containsKey("password")) {
      throw new HistoryException(
          "--history must hold no password, which everybody on this machine could read in the list"
              + " of processes: set PGPASSWORD, or write it into ~/.pgpass");
    }
    String user =
        userInfo.isEmpty()
            ? environment.getOrDefault("PGUSER", System.getProperty("user.name"))
            : userInfo;
    String host =
        url.getHost() == null ? environment.getOrDefault("PGHOST", "localhost") : url.getHost();
    String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
    return new PostgresDatabase(
        new PostgresServer(
            unbracketed(host),
            url.getPort() < 0 ? port(environment) : url.getPort(),
            path.isEmpty() ? environment.getOrDefault("PGDATABASE", user) : path,
            user,
            new Secret(environment.getOrDefault("PGPASSWORD", "")),
            sslMode(parameters, environment, host),
            given(parameters, "sslrootcert", environment, "PGSSLROOTCERT", PostgresServer.SYSTEM)));
  }

  @Override
  public String label() {
    return "postgresql://%s@%s/%s".formatted(server.user(), server.endpoint(), server.database());
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public DataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(server.database());
    source.setUser(server.user());
    if (!server.password().text().isEmpty()) {
      source.setPassword(server.password().text());
    }
    source.setApplicationName("earshot");
    source.setLoginTimeout(LOGIN_SECONDS);
    source.setConnectTimeout(LOGIN_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setAuthenticationPluginClassName(ProvenLogin.class.getName());
    source.setGssEncMode("disable");
    source.setSslMode(server.sslMode().label());
    if (server.sslMode().verifies()) {
      if (server.rootCertificate().equals(PostgresServer.SYSTEM)) {
        source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
      } else {
        source.setSslRootCert(server.rootCertificate());
      }
    }
    return source;
  }

  @Override
  public Map<String, String> types() {
    return Map.of(
        "id", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "bytes", "BYTEA",
        "real", "DOUBLE PRECISION");
  }

  /// What can't be read is not told: it may hold a password, anywhere.
  private static URI parse(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() == null && url.getRawAuthority() != null) {
        throw unreadable("it names no host, or no port behind the host");
      }
      return url;
    } catch (URISyntaxException wrong) {
      throw unreadable(
          "%s, at character %d"
              .formatted(
                  wrong.getReason().toLowerCase(Locale.ROOT), Math.max(0, wrong.getIndex()) + 1));
    }
  }

  private static HistoryException unreadable(String reason) {
    return new HistoryException(
        "--history can't be read as postgresql://USER@HOST:PORT/DATABASE: %s".formatted(reason));
  }

  private static Map<String, String> parameters(URI url) {
    Map<String, String> parameters = new HashMap<>();
    if (url.getRawQuery() != null) {
      Arrays.stream(url.getRawQuery().split("&"))
          .map(one -> one.split("=", 2))
          .forEach(one ->
              parameters.put(
                  one[0], one.length > 1 ? URLDecoder.decode(one[1], StandardCharsets.UTF_8) : ""));
    }
    parameters.keySet().stream()
        .filter(name -> !name.equals("sslmode") && !name.equals("sslrootcert"))
        .filter(name -> !name.equals("password"))
        .findFirst()
        .ifPresent(_ -> {
          throw new HistoryException(
              "--history: the URL has a parameter that is not known: it may have sslmode and sslrootcert");
        });
    return parameters;
  }

  private static int port(Map<String, String> environment) {
    String port = environment.getOrDefault("PGPORT", "5432");
    if (!port.matches("\\d{1,5}")) {
      throw new HistoryException("PGPORT is no port: '%s'".formatted(port));
    }
    return Integer.parseInt(port);
  }

  /// As with audited servers: what leaves the machine is protected unless somebody said otherwise.
  private static SslMode sslMode(
      Map<String, String> parameters, Map<String, String> environment, String host) {
    String usual =
        (PostgresServer.isLoopback(unbracketed(host)) ? SslMode.PREFER : SslMode.VERIFY_FULL)
            .label();
    SslMode mode =
        SslMode.of(given(parameters, "sslmode", environment, "PGSSLMODE", usual))
            .orElseThrow(() ->
                new HistoryException(
                    "--history: there is no sslmode of that name: libpq's are disable, require, verify-ca and verify-full, and allow and prefer for the loopback"));
    if (mode.mayFallBackToClear() && !PostgresServer.isLoopback(unbracketed(host))) {
      throw new HistoryException(
          "--history: sslmode %s (of the URL, or PGSSLMODE) may go on in clear: say verify-full, verify-ca or require, or disable if that is meant"
              .formatted(mode.label()));
    }
    return mode;
  }

  private static String given(
      Map<String, String> parameters,
      String parameter,
      Map<String, String> environment,
      String variable,
      String otherwise) {
    return parameters.getOrDefault(parameter, environment.getOrDefault(variable, otherwise));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
