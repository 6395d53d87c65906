package dev.earshot.recording;

/// A recording that can't be read or written; the message says where and why.
public final class RecordingException extends RuntimeException {

  public RecordingException(String message) {
    super(message);
  }

  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
