package dev.earshot.cli;

import dev.earshot.history.History;
import dev.earshot.history.KeptRun;
import dev.earshot.report.AuditReport;
import dev.earshot.report.Trends;
import dev.earshot.text.Printable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// A kept audit's report, as it was judged then.
@Command(
    name = "show",
    description = {
      "Show a kept audit's report as it was, in any format but playbook.",
      "For eyes (terminal, html), trends of round trips and ceilings up to that run stand in it."
    },
    mixinStandardHelpOptions = true)
final class HistoryShowCommand implements Callable<Integer> {

  private final Terminal terminal;

  @ParentCommand @Nullable HistoryCommand parent;
  @Mixin KeptReports writing = new KeptReports();

  @Option(names = Anonymity.OPTION, hidden = true)
  boolean anonymise;

  @Parameters(paramLabel = "RUN", description = "Its number in 'earshot history', or last.")
  String number = "";

  HistoryShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// What there is to show.
  private record Shown(AuditReport report, Trends trends) {}

  @Override
  public Integer call() {
    HistoryCommand history = Objects.requireNonNull(parent, "picocli sets it");
    List<String> problems = writing.unwritable(null, List.of());
    if (anonymise) {
      problems.add(
          "a kept report can't be made anonymous, as its names stand in sentences: 'earshot report FILE --anonymise' makes another one of the evidence that 'audit --save FILE' keeps");
    }
    if (!number.equals("last") && !number.matches("\\d{1,18}")) {
      problems.add("'%s' is no run: give its number, or last".formatted(Printable.of(number)));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    Shown shown =
        history
            .<Optional<Shown>>read(kept -> run(kept).map(run -> shown(kept, run)), Optional.empty())
            .orElseThrow(() ->
                new UsageException(
                    List.of(
                        "there is no run %s in %s: 'earshot history' lists them"
                            .formatted(number, history.place.location().label()))));
    writing.write(
        (format, options, out) -> format.render(shown.report(), shown.trends(), options, out),
        terminal);
    return 0;
  }

  private Optional<KeptRun> run(History kept) {
    return number.equals("last") ? kept.last() : kept.run(Long.parseLong(number));
  }

  private static Shown shown(History kept, KeptRun run) {
    AuditReport report = kept.report(run);
    return new Shown(report, kept.trends(run, report));
  }
}
