package dev.earshot.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Scripts for shells.
@Command(
    name = "completion",
    description = {
      "Print the script by which a shell completes earshot's command lines.",
      "bash: source <(earshot completion bash). zsh: keep it as _earshot in a directory of $fpath.",
      "fish: earshot completion fish | source."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.BASH;

  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec root = Objects.requireNonNull(spec).root();
    String bash = AutoComplete.bash(root.name(), root.commandLine());
    terminal.print(
        switch (shell) {
          case BASH -> bash;
          case ZSH -> zsh(root.name(), bash);
          case FISH -> new FishCompletion(root).text();
        });
    return 0;
  }

  /// zsh's own bridge to functions for bash, which has no `compopt`; the alias that picocli makes
  /// of it does something else. As an autoloaded file, this is the function's body, and has to
  /// complete at its first call, too.
  private static String zsh(String name, String bash) {
    return """
    #compdef %1$s
    autoload -U +X bashcompinit && bashcompinit
    compopt() { :; }
    %2$s
    if [ "${funcstack[1]}" = "_%1$s" ]; then
      _bash_complete -o default -F _complete_%1$s
    fi
    """
        .formatted(name, bash.replace("alias compopt=complete", ":"));
  }
}
