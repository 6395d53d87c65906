package dev.earshot.cli;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The catalogue.
@Command(
    name = "checks",
    description = "List the checks, or explain one.",
    mixinStandardHelpOptions = true)
final class ChecksCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Explain this check.")
  @Nullable String id;

  ChecksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (id == null) {
      Checks.ALL.stream().map(Check::info).forEach(this::line);
      return 0;
    }
    List<CheckInfo> found =
        Checks.ALL.stream().map(Check::info).filter(info -> info.id().equals(id)).toList();
    if (found.isEmpty()) {
      throw new UsageException(
          List.of("there is no check %s: 'earshot checks' lists them".formatted(id)));
    }
    found.forEach(info ->
        terminal.print(
            "%s\n\n%s.\n\n%s\n\nSeverity: up to %s.\n"
                .formatted(info.id(), info.title(), info.why(), info.severity().label())));
    return 0;
  }

  private void line(CheckInfo info) {
    terminal.print("%-30s %-9s %s\n".formatted(info.id(), info.severity().label(), info.title()));
  }
}
