package dev.earshot.postgres;

/// A server did not let us in; its message is the reason, a sentence for an administrator.
public final class PostgresException extends Exception {
  PostgresException(String reason) {
    super(reason);
  }

  /// Never nothing.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
