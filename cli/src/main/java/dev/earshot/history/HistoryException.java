package dev.earshot.history;

/// A history that can't be read or written; the message says where, why, and what to do.
public final class HistoryException extends RuntimeException {

  public HistoryException(String message) {
    super(message);
  }

  public HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
