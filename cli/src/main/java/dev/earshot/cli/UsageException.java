package dev.earshot.cli;

import java.util.List;

/// Input that can't be used: everything that is wrong with it, a sentence each. Ends in exit code
/// 2.
final class UsageException extends RuntimeException {

  private final List<String> problems;

  UsageException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
