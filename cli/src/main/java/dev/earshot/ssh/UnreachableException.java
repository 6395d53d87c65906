package dev.earshot.ssh;

/// Ends the way to a host; its message is the reason, a sentence for an administrator.
final class UnreachableException extends Exception {

  /// How far one attempt came, which says whether another may come farther.
  enum Stage {
    /// There was no connection.
    UNREACHED,
    /// The server hung up before it greeted, as one does that has too much to do.
    TURNED_AWAY,
    /// It would end the same way again.
    DECIDED
  }

  private final Stage stage;

  UnreachableException(String reason) {
    super(reason);
    this.stage = Stage.DECIDED;
  }

  UnreachableException(String reason, Throwable cause) {
    this(reason, cause, Stage.DECIDED);
  }

  UnreachableException(String reason, Throwable cause, Stage stage) {
    super(reason, cause);
    this.stage = stage;
  }

  Stage stage() {
    return stage;
  }

  String reason() {
    return Text.of(this);
  }
}
