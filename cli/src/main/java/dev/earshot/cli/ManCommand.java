package dev.earshot.cli;

import dev.earshot.text.NearNames;
import dev.earshot.text.Printable;
import java.util.ArrayList;
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
      "Print the manual page of a command, or of a command's command.",
      "To read it: earshot man audit | man -l -, or earshot man history show | man -l -"
    },
    mixinStandardHelpOptions = true)
final class ManCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Which command (default: earshot itself).")
  List<String> command = new ArrayList<>();

  ManCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec shown = Objects.requireNonNull(spec).root();
    for (String name : String.join(" ", command).split(" +", -1)) {
      shown = name.isEmpty() ? shown : named(shown, name);
    }
    terminal.print(new ManPage(shown).text("earshot " + Main.version()));
    return 0;
  }

  private static CommandSpec named(CommandSpec parent, String name) {
    return Optional.ofNullable(parent.subcommands().get(name))
        .orElseThrow(() ->
            new UsageException(
                List.of(
                    "%s has no command %s%s"
                        .formatted(
                            parent.qualifiedName(),
                            Printable.of(name),
                            NearNames.didYouMean(name, parent.subcommands().keySet())))))
        .getCommandSpec();
  }
}
