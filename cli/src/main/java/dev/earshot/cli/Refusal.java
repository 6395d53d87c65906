package dev.earshot.cli;

import java.util.List;

/// Ends a command that tells more by its exit code than that it was used wrongly.
final class Refusal extends RuntimeException {

  private final int exitCode;
  private final List<String> sentences;

  Refusal(int exitCode, List<String> sentences) {
    super(String.join("\n", sentences), null, false, false);
    this.exitCode = exitCode;
    this.sentences = List.copyOf(sentences);
  }

  Refusal(int exitCode, String sentence) {
    this(exitCode, List.of(sentence));
  }

  int exitCode() {
    return exitCode;
  }

  List<String> sentences() {
    return sentences;
  }
}
