package dev.earshot.ssh;

import org.jspecify.annotations.Nullable;

/// A key cannot be used; the message says why, and follows the key's name in a sentence.
final class KeyException extends Exception {
  KeyException(String message) {
    this(message, null);
  }

  KeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
