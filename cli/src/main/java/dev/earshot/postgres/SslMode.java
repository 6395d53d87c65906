package dev.earshot.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far a connection has to be protected, as libpq names it.
public enum SslMode {
  DISABLE,
  ALLOW,
  PREFER,
  REQUIRE,
  VERIFY_CA,
  VERIFY_FULL;

  public static Optional<SslMode> of(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether it goes on in clear where the server has no TLS, without anybody's having said so.
  public boolean mayFallBackToClear() {
    return this == ALLOW || this == PREFER;
  }

  /// Whether the server's certificate is verified.
  public boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }
}
