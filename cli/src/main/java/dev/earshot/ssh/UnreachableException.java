package dev.earshot.ssh;

/// Ends the way to a host; its message is the reason, a sentence for an administrator.
final class UnreachableException extends Exception {
  UnreachableException(String reason) {
    super(reason);
  }

  UnreachableException(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    return Text.of(this);
  }
}
