package dev.earshot.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's manual, in the macros of man(7), from the model that its help is made from.
///
/// Picocli's own generator writes AsciiDoc, and the way from there to roff leads through JRuby.
record ManPage(CommandSpec command) {

  private static final SequencedMap<String, String> ENVIRONMENT =
      new TreeMap<>(
          Map.of(
              "NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM", "Whether there are colours.",
              "COLUMNS", "How wide lines may be.",
              "EARSHOT_TRACE", "If set, defects come with a stack trace, and SSH is logged.",
              "ANSIBLE_*", "Obeyed as Ansible does, with ansible.cfg."));

  private static final String EXIT_CODES = "Exit codes: ";

  /// @param version with the program's name, for the foot of the page
  String text(String version) {
    String name = command.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(".TH \"%s\" 1 \"\" \"%s\" \"Earshot\"\n".formatted(upper(name), roff(version)));
    section(page, "NAME");
    page.append("%s \\- %s\n".formatted(roff(name), roff(brief(command))));
    section(page, "SYNOPSIS");
    page.append(synopsis());
    section(page, "DESCRIPTION");
    page.append(line(plain(command.usageMessage().description())));
    List<PositionalParamSpec> parameters = visibleParameters();
    if (!parameters.isEmpty()) {
      section(page, "ARGUMENTS");
      parameters.forEach(each -> entry(page, italic(each.paramLabel()), description(each)));
    }
    section(page, "OPTIONS");
    options().forEach(each -> entry(page, names(each), description(each)));
    if (!command.subcommands().isEmpty()) {
      section(page, "COMMANDS");
      subcommands().forEach(each -> entry(page, bold(each.name()), roff(brief(each))));
    }
    String exitCodes = String.join(" ", command.usageMessage().footer()).strip();
    if (exitCodes.startsWith(EXIT_CODES)) {
      section(page, "EXIT STATUS");
      Stream.of(exitCodes.substring(EXIT_CODES.length()).replaceFirst("\\.$", "").split("; "))
          .map(each -> each.split(" ", 2))
          .forEach(each -> entry(page, bold(each[0]), roff(each[1])));
    }
    if (command.parent() == null) {
      section(page, "ENVIRONMENT");
      ENVIRONMENT.forEach((variable, meaning) -> entry(page, bold(variable), roff(meaning)));
    }
    section(page, "SEE ALSO");
    page.append(seeAlso());
    return page.toString();
  }

  private String synopsis() {
    StringBuilder line = new StringBuilder(bold(command.qualifiedName()));
    command.options().stream()
        .filter(OptionSpec::required)
        .forEach(each -> line.append(" ").append(bold(each.longestName())).append(value(each)));
    line.append(" [").append(italic("OPTION")).append("]...");
    for (PositionalParamSpec each : visibleParameters()) {
      String label = italic(each.paramLabel());
      line.append(each.required() ? " " + label : " [" + label + "]");
    }
    if (!command.subcommands().isEmpty()) {
      line.append(" ").append(italic("COMMAND"));
    }
    return line.append("\n").toString();
  }

  private String seeAlso() {
    Stream<CommandSpec> root = command.parent() == null ? Stream.of() : Stream.of(command.root());
    return Stream.concat(root, subcommands())
            .map(each -> reference(each.qualifiedName("-"), 1))
            .collect(Collectors.joining(",\n"))
        + ",\n"
        + reference("ansible-inventory", 1)
        + ",\n"
        + reference("ssh_config", 5)
        + "\n";
  }

  private static String reference(String page, int section) {
    return ".BR %s (%d)".formatted(roff(page), section);
  }

  /// Each once, although aliases name it twice.
  private Stream<CommandSpec> subcommands() {
    return command.subcommands().values().stream().distinct().map(CommandLine::getCommandSpec);
  }

  private List<PositionalParamSpec> visibleParameters() {
    return command.positionalParameters().stream().filter(each -> !each.hidden()).toList();
  }

  private Stream<OptionSpec> options() {
    return command.options().stream()
        .filter(each -> !each.hidden())
        .sorted(
            Comparator.comparing(each -> bare(each.longestName()), String.CASE_INSENSITIVE_ORDER));
  }

  private static String names(OptionSpec option) {
    return Arrays.stream(option.names())
        .sorted(Comparator.comparingInt(String::length))
        .map(each -> bold(each) + value(option))
        .collect(Collectors.joining(", "));
  }

  private static String value(OptionSpec option) {
    return option.arity().max() == 0 ? "" : "=" + italic(option.paramLabel());
  }

  /// What the model says of an option or parameter, with its variables filled in.
  static String meaning(ArgSpec each) {
    String text = plain(each.description());
    Iterable<String> candidates = each.completionCandidates();
    return text.replace(
            "${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates))
        .replace("${DEFAULT-VALUE}", String.valueOf(each.defaultValueString()));
  }

  private static String description(ArgSpec each) {
    return roff(meaning(each));
  }

  /// A command in a sentence.
  static String brief(CommandSpec command) {
    String[] header = command.usageMessage().header();
    return plain(header.length > 0 ? header : command.usageMessage().description())
        .split("\\. ", 2)[0]
        .replaceFirst("\\.$", "");
  }

  /// Picocli takes texts for format strings; of their conversions, line breaks alone are used.
  private static String plain(String... text) {
    return String.join(" ", text).replace("%n", " ").strip();
  }

  private static void section(StringBuilder page, String title) {
    page.append(".SH ").append(title).append("\n");
  }

  private static void entry(StringBuilder page, String term, String text) {
    page.append(".TP\n").append(term).append("\n").append(text).append("\n");
  }

  private static String line(String text) {
    return roff(text) + "\n";
  }

  private static String bold(String text) {
    return "\\fB" + roff(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + roff(text) + "\\fR";
  }

  static String bare(String option) {
    return option.replaceFirst("^-+", "");
  }

  private static String upper(String text) {
    return roff(text.toUpperCase(Locale.ROOT));
  }

  /// Text that is no request, nor anything else but itself.
  private static String roff(String text) {
    StringBuilder safe =
        new StringBuilder(text.startsWith(".") || text.startsWith("'") ? "\\&" : "");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> safe.append("\\e");
            case '-' -> safe.append("\\-");
            case '\'' -> safe.append("\\(aq");
            case '"' -> safe.append("\\(dq");
            case '^' -> safe.append("\\(ha");
            case '~' -> safe.append("\\(ti");
            case '`' -> safe.append("\\(ga");
            default -> {
              if (c < 0x80) {
                safe.appendCodePoint(c);
              } else {
                safe.append("\\[u%04X]".formatted(c));
              }
            }
          }
        });
    return safe.toString();
  }
}
