package dev.earshot.cli;

import dev.earshot.history.History;
import dev.earshot.history.HistoryLocation;
import dev.earshot.history.KeptRun;
import dev.earshot.python.Surroundings;
import dev.earshot.text.Printable;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The audits that were kept.
@Command(
    name = "history",
    description = "List the audits that were kept, show one again, or let go of old ones.",
    subcommands = {HistoryShowCommand.class, HistoryPruneCommand.class},
    mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin final HistoryPlace place;

  @Option(
      names = {"-n", "--most"},
      paramLabel = "N",
      description = "List at most so many, the newest (default: 20).")
  int most = 20;

  HistoryCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.place = new HistoryPlace(surroundings);
  }

  @Override
  public Integer call() {
    if (most < 1) {
      throw new UsageException(List.of("--most is a number above 0"));
    }
    List<KeptRun> runs = read(history -> history.runs(most), List.of());
    if (runs.isEmpty()) {
      terminal.progress("no audit was kept in %s yet".formatted(place.location().label()));
      return 0;
    }
    Layout layout = terminal.width() < Layout.ROOMY ? Layout.NARROW : Layout.WIDE;
    terminal.print(
        layout.heading()
            + runs.stream()
                .map(run -> layout.line(run, terminal.width()))
                .collect(Collectors.joining()));
    return 0;
  }

  /// What a history holds, which is not made where there is none.
  <T> T read(Function<History, T> reading, T nothing) {
    HistoryLocation location = place.location();
    if (!location.isThere()) {
      return nothing;
    }
    try (History history = History.open(location)) {
      T found = reading.apply(history);
      history.remarks().forEach(remark -> terminal.progress("warning: " + remark));
      return found;
    }
  }

  /// How wide the columns are.
  private enum Layout {
    WIDE("%5s  %-20s  %4s  %5s  %8s %4s %6s %3s %4s", "critical", "medium", "  "),
    /// In 60 columns; an inventory that has no room beside the counts stands below them.
    NARROW("%5s %-17s %4s %5s %4s %4s %3s %3s %4s", "crit", "med", " ");

    static final int ROOMY = 100;

    private final String columns;
    private final String critical;
    private final String medium;
    private final String gap;

    Layout(String columns, String critical, String medium, String gap) {
      this.columns = columns;
      this.critical = critical;
      this.medium = medium;
      this.gap = gap;
    }

    String heading() {
      return columns.formatted(
              "run", "when", "exit", "hosts", critical, "high", medium, "low", "info")
          + (this == WIDE ? gap + "inventory\n" : "\n");
    }

    String line(KeptRun run, int width) {
      String counts =
          columns.formatted(
              run.id(),
              this == WIDE
                  ? run.started()
                  : run.started()
                      .truncatedTo(ChronoUnit.MINUTES)
                      .toString()
                      .replaceFirst(":00Z$", "Z"),
              run.exit(),
              run.hosts(),
              run.failed().critical(),
              run.failed().high(),
              run.failed().medium(),
              run.failed().low(),
              run.failed().info());
      String inventory = Printable.of(run.inventory().label());
      return this == WIDE || counts.length() + gap.length() + inventory.length() <= width
          ? counts + gap + inventory + "\n"
          : "%s\n      %s\n".formatted(counts, inventory);
    }
  }
}
