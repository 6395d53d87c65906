package dev.earshot.ssh;

import org.jspecify.annotations.Nullable;

/// An agent was no help; the message says why, and follows "the agent" in a sentence.
final class AgentException extends Exception {
  AgentException(String message) {
    super(message);
  }

  AgentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
