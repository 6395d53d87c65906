package dev.earshot.vault;

import java.util.Optional;

/// Asks the person at the terminal for a password.
@FunctionalInterface
public interface Prompt {

  /// Shows a question and reads a line without showing it. Absent if nobody can be asked, or the
  /// person gave up. The caller overwrites the characters.
  Optional<char[]> ask(String question);

  /// Shows what a program says that asks by itself; no line break follows.
  default void show(String text) {}
}
