package dev.earshot.postgres;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/// Gives the password to none but who proves that they know it already (SCRAM), or has shown a
/// verified certificate: whoever answers at a port may be a stranger. The driver makes it by name.
public final class ProvenLogin implements AuthenticationPlugin {

  private final String password;
  private final String mode;

  /// @param all the connection's
  public ProvenLogin(Properties all) {
    this.password = all.getProperty("password", "");
    this.mode = all.getProperty("sslmode", "");
  }

  @Override
  public char @Nullable [] getPassword(AuthenticationRequestType wanted) throws PSQLException {
    boolean proven =
        switch (wanted) {
          case SASL -> true;
          case CLEARTEXT_PASSWORD, MD5_PASSWORD, GSS ->
              SslMode.of(mode).map(SslMode::verifies).orElse(false);
        };
    if (!proven && !password.isEmpty()) {
      throw new PSQLException(
          "it asks for the password by a method that would give it away to whoever answers there: have scram-sha-256 in its pg_hba.conf (and set the password anew, if it was stored as MD5), or say sslmode verify-full",
          PSQLState.CONNECTION_REJECTED);
    }
    return password.isEmpty() ? null : password.toCharArray();
  }
}
