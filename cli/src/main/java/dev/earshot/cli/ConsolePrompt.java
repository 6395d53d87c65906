package dev.earshot.cli;

import dev.earshot.vault.Prompt;
import java.io.Console;
import java.util.Optional;

/// Asks at the terminal, which doesn't show what is typed. Where input or output go elsewhere, as
/// in `earshot inventory --list -J | jq`, there still is the terminal that everything was started
/// from.
record ConsolePrompt(Terminal terminal) implements Prompt {

  @Override
  public Optional<char[]> ask(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> Optional.ofNullable(console.readPassword("%s", question)))
        .orElseGet(() -> ControllingTerminal.ask(question));
  }

  @Override
  public void show(String text) {
    terminal.aside(text);
  }
}
