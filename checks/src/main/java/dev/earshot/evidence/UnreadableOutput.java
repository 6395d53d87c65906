package dev.earshot.evidence;

/// Thrown by parsers at output that is not what the command prints; [Probe#read] turns it into
/// [Evidence.Uncollected].
public final class UnreadableOutput extends RuntimeException {

  public UnreadableOutput(String message) {
    super(message);
  }
}
