package dev.earshot.cli;

import dev.earshot.ssh.Secret;
import dev.earshot.vault.Prompt;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/// Asks at the terminal, which doesn't show what is typed. Where input or output go elsewhere, as
/// in `earshot inventory --list -J | jq`, there still is the terminal that everything was started
/// from.
record ConsolePrompt(Terminal terminal) implements Prompt {

  @Override
  public Optional<char[]> ask(String question) {
    return terminal
        .status()
        .pausedFor(() ->
            Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> Optional.ofNullable(console.readPassword("%s", question)))
                .orElseGet(() -> ControllingTerminal.ask(question)));
  }

  /// Asks for something that is to be forgotten as soon as it can be.
  Optional<Secret> secret(String question) {
    return ask(question)
        .map(typed -> {
          Secret secret = new Secret(new String(typed));
          Arrays.fill(typed, '\0');
          return secret;
        });
  }

  @Override
  public void show(String text) {
    terminal.aside(text);
  }
}
