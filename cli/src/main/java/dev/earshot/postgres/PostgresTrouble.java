package dev.earshot.postgres;

import dev.earshot.text.Printable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Says why a server did not let us in, and what to do about it; never with the password.
///
/// @param watch that may have ended it
record PostgresTrouble(PostgresServer server, Watch watch) {

  private static final int LONGEST = 300;

  String of(Exception trouble) {
    return unspoken(sentence(trouble));
  }

  private String sentence(Exception trouble) {
    String at = server.endpoint();
    if (watch.passed() || is(trouble, SocketTimeoutException.class)) {
      return "%s did not answer within %d s: is it a PostgreSQL server, and does a firewall let us through?"
          .formatted(at, Math.max(1, watch.allowed().toSeconds()));
    }
    if (is(trouble, UnknownHostException.class)) {
      return "the name %s has no address: see earshot_postgres.host".formatted(server.host());
    }
    if (is(trouble, NoRouteToHostException.class)) {
      return "there is no route to %s".formatted(at);
    }
    if (is(trouble, ConnectException.class)) {
      return "%s refused the connection: does PostgreSQL listen there (listen_addresses), and is the port right (earshot_postgres.port)?"
          .formatted(at);
    }
    if (is(trouble, CertificateException.class) || is(trouble, SSLException.class)) {
      return "%s: TLS failed with sslmode %s (%s): give its authority's certificate as earshot_postgres.sslrootcert"
          .formatted(at, server.sslMode().label(), said(root(trouble)));
    }
    return trouble instanceof SQLException sql
        ? byState(sql, Optional.ofNullable(sql.getSQLState()).orElse(""))
        : said(trouble);
  }

  private String byState(SQLException trouble, String state) {
    String at = server.endpoint();
    String said = said(trouble);
    return switch (state) {
      case "28P01" ->
          "%s refused the password of user %s: see earshot_postgres.password"
              .formatted(at, server.user());
      case "28000" ->
          "%s lets user %s not in from here: %s; see its pg_hba.conf, or its firewall rules"
              .formatted(at, server.user(), said);
      case "3D000" ->
          "%s has no database %s: see earshot_postgres.database".formatted(at, server.database());
      case "42501" ->
          "user %s may not connect to database %s at %s: GRANT CONNECT ON DATABASE to it"
              .formatted(server.user(), server.database(), at);
      case "53300" ->
          "%s has no connection left for user %s: %s".formatted(at, server.user(), said);
      case "57P03" -> "%s takes no sessions now: %s".formatted(at, said);
      default -> {
        if (said.contains("does not support SSL")) {
          yield "%s speaks no TLS, and sslmode %s wants it: switch ssl on there; sslmode: disable would send the password's proof and all answers in clear"
              .formatted(at, server.sslMode().label());
        }
        if (server.password().text().isEmpty() && said.contains("password")) {
          yield "%s wants a password of user %s: give earshot_postgres.password"
              .formatted(at, server.user());
        }
        yield "no session with %s: %s%s"
            .formatted(
                at, said, trouble.getCause() == null ? "" : " (" + said(root(trouble)) + ")");
      }
    };
  }

  private String unspoken(String sentence) {
    String password = server.password().text();
    return password.isEmpty() ? sentence : sentence.replace(password, "(withheld)");
  }

  private static String said(Throwable trouble) {
    String text = Printable.of(String.valueOf(trouble.getMessage()).replace('\n', ' ').strip());
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  private static Throwable root(Throwable trouble) {
    return causes(trouble).reduce(trouble, (_, last) -> last);
  }

  private static boolean is(Throwable trouble, Class<? extends Throwable> kind) {
    return causes(trouble).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable trouble) {
    return Stream.iterate(trouble, each -> each != null, Throwable::getCause).limit(10);
  }
}
