package dev.earshot.cli;

import dev.earshot.text.NearNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The manual, for `man`.
@Command(
    name = "man",
    description = {
      "Print the manual page of a command.",
      "To read it: earshot man audit | man -l -"
    },
    mixinStandardHelpOptions = true)
final class ManCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "Which command (default: earshot itself).")
  @Nullable String command;

  ManCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec root = Objects.requireNonNull(spec).root();
    terminal.print(
        new ManPage(command == null ? root : named(root, command))
            .text("earshot " + Main.version()));
    return 0;
  }

  private static CommandSpec named(CommandSpec root, String name) {
    return Optional.ofNullable(root.subcommands().get(name))
        .orElseThrow(() ->
            new UsageException(
                List.of(
                    "there is no command %s%s"
                        .formatted(name, NearNames.didYouMean(name, root.subcommands().keySet())))))
        .getCommandSpec();
  }
}
