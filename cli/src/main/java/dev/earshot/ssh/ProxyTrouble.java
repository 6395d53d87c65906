package dev.earshot.ssh;

import dev.earshot.redaction.Redactor;

/// Says what went wrong where a program leads to a host and no SSH greeting came through it. The
/// program is nearer than the host, and often says itself what it lacks.
record ProxyTrouble(SshTarget target, Handshake handshake) {

  private static final String BY_HAND = "run it by hand to see where it leads";

  /// @param waited how long, in words
  String of(Exception trouble, String waited) {
    String words = Text.oneLine(handshake.words());
    if (LoginTrouble.isNoSsh(trouble) || !words.isEmpty()) {
      return "%s led to something else than an SSH server%s, %s"
          .formatted(
              command(), words.isEmpty() ? "" : ", which began with '" + words + "'", said());
    }
    if (LoginTrouble.isTimeout(trouble)) {
      return "%s brought no SSH greeting within %s, %s".formatted(command(), waited, said());
    }
    String errors = errors();
    return errors.isEmpty()
        ? "%s ended before any SSH greeting came, and said nothing: %s"
            .formatted(command(), BY_HAND)
        : "%s failed: %s".formatted(command(), errors);
  }

  private String command() {
    return "the ProxyCommand for " + target.endpoint();
  }

  /// To end a sentence.
  private String said() {
    String errors = errors();
    return errors.isEmpty() ? "and said nothing: " + BY_HAND : "and said: " + errors;
  }

  private String errors() {
    return Text.oneLine(Redactor.redact(handshake.proxyErrors()));
  }
}
