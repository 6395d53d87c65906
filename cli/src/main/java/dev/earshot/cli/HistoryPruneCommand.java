package dev.earshot.cli;

import dev.earshot.history.History;
import dev.earshot.report.layout.Figures;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Lets go of old audits.
@Command(
    name = "prune",
    description = {
      "Let go of all but the newest audits of each inventory.",
      "Each audit does so by itself with what is beyond the newest "
          + History.USUALLY_KEPT
          + " of its inventory."
    },
    mixinStandardHelpOptions = true)
final class HistoryPruneCommand implements Callable<Integer> {

  private final Terminal terminal;

  @ParentCommand @Nullable HistoryCommand parent;

  @Option(
      names = "--keep",
      paramLabel = "N",
      required = true,
      description = "How many of each inventory stay.")
  int keep;

  HistoryPruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    HistoryCommand history = Objects.requireNonNull(parent, "picocli sets it");
    if (keep < 1) {
      throw new UsageException(List.of("--keep is a number above 0"));
    }
    int gone = history.read(kept -> kept.prune(keep), 0);
    terminal.print("%s pruned\n".formatted(Figures.count(gone, "run")));
    return 0;
  }
}
