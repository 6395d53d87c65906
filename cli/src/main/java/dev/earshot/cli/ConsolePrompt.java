package dev.earshot.cli;

import dev.earshot.vault.Prompt;
import java.io.Console;
import java.util.Optional;

/// Asks at the terminal, which doesn't show what is typed.
final class ConsolePrompt implements Prompt {

  @Override
  public Optional<char[]> ask(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("%s", question));
  }
}
