package dev.earshot.cli;

import dev.earshot.catalogue.Checks;
import dev.earshot.check.Check;
import dev.earshot.check.CheckInfo;
import dev.earshot.text.NearNames;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The catalogue.
@Command(
    name = "checks",
    description = "List the checks, those of one subject, or explain one.",
    mixinStandardHelpOptions = true)
final class ChecksCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      completionCandidates = Labels.OfChecks.class,
      description = "Explain this check; a beginning, such as a subject, will do.")
  @Nullable String id;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to show them: text (the default), or markdown, as README has them.")
  Format format = Format.TEXT;

  @Mixin PolicyOptions policy = new PolicyOptions();

  enum Format {
    TEXT,
    MARKDOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ChecksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<CheckInfo> all =
        Stream.concat(
                Checks.ALL.stream().map(Check::info),
                policy.read(List.of(), terminal).checks().stream())
            .toList();
    List<CheckInfo> chosen = id == null ? all : beginningWith(id, all);
    terminal.print(
        switch (format) {
          case MARKDOWN -> markdown(chosen);
          case TEXT ->
              chosen.size() == 1
                  ? new CheckPage(terminal.width()).of(chosen.getFirst())
                  : lines(chosen);
        });
    return 0;
  }

  /// The check of this id, else all whose ids begin like this.
  private static List<CheckInfo> beginningWith(String text, List<CheckInfo> all) {
    List<CheckInfo> exact = all.stream().filter(info -> info.id().equals(text)).toList();
    List<CheckInfo> found =
        exact.isEmpty() ? all.stream().filter(info -> info.id().startsWith(text)).toList() : exact;
    if (text.isEmpty() || found.isEmpty()) {
      throw new UsageException(
          List.of(
              "there is no check %s%s: 'earshot checks' lists them"
                  .formatted(text, meant(text, all))));
    }
    return found;
  }

  /// People remember a word of an id, or mistype all of it or the part behind its subject.
  private static String meant(String text, List<CheckInfo> all) {
    List<String> ids = all.stream().map(CheckInfo::id).toList();
    List<String> holding =
        text.isEmpty() ? List.of() : ids.stream().filter(id -> id.contains(text)).limit(3).toList();
    if (!holding.isEmpty()) {
      return " (did you mean %s?)".formatted(String.join(" or ", holding));
    }
    String near = NearNames.didYouMean(text, ids);
    List<String> names =
        NearNames.near(text, ids.stream().map(ChecksCommand::behindSubject).toList());
    return near.isEmpty() && !names.isEmpty()
        ? " (did you mean %s?)"
            .formatted(
                String.join(
                    " or ", ids.stream().filter(id -> names.contains(behindSubject(id))).toList()))
        : near;
  }

  private static String behindSubject(String id) {
    return id.substring(id.indexOf('.') + 1);
  }

  private static String lines(List<CheckInfo> checks) {
    return checks.stream()
        .map(info -> "%-30s %-9s %s\n".formatted(info.id(), info.severity().label(), info.title()))
        .collect(Collectors.joining());
  }

  private static String markdown(List<CheckInfo> checks) {
    return """
    | id | good state | severity, up to |
    | --- | --- | --- |
    """
        + checks.stream()
            .map(info ->
                "| `%s` | %s | %s |\n".formatted(info.id(), info.title(), info.severity().label()))
            .collect(Collectors.joining());
  }
}
