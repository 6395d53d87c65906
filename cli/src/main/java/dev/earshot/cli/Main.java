package dev.earshot.cli;

import dev.earshot.history.HistoryException;
import dev.earshot.python.Surroundings;
import dev.earshot.recording.RecordingException;
import dev.earshot.report.format.ReportFormat;
import dev.earshot.report.nagios.NagiosRenderer;
import dev.earshot.report.nagios.NagiosState;
import dev.earshot.text.NearNames;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `earshot`: the entry point.
public final class Main {

  private static final int WIDEST_HELP = 120;

  private Main() {}

  /// SSHD logs what hosts do; here it is reported in sentences, so its log is for finding defects.
  public static void main(String[] arguments) {
    boolean trace = System.getenv("EARSHOT_TRACE") != null;
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", trace ? "debug" : "off");
    System.exit(
        run(Terminal.ofProcess(ColourChoice.of(arguments)), Surroundings.ofProcess(), arguments));
  }

  /// Runs one command line and tells its exit code.
  static int run(Terminal terminal, Surroundings surroundings, String... arguments) {
    var earshot = new CommandLine(new EarshotCommand(), new Commands(terminal, surroundings));
    addCommands(earshot, arguments);
    boolean plugin = isPlugin(arguments);
    return earshot
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // --limit @file and -e @file are Ansible's own
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.min(terminal.width(), WIDEST_HELP))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler((wrong, _) -> {
          CommandSpec command = wrong.getCommandLine().getCommandSpec();
          String problem = "%s; see: %s --help".formatted(told(wrong), command.qualifiedName());
          return refused(List.of(problem), command, plugin, terminal);
        })
        .setExecutionExceptionHandler((failure, command, _) ->
            refused(inSentences(failure, terminal), command.getCommandSpec(), plugin, terminal))
        .execute(asOfAnsible(arguments));
  }

  /// `--ssh-common-args "-J bastion"` becomes one word with an equals sign: as in Ansible, what
  /// follows an option that takes arguments is its value, though it begins with a dash. And `-vvv`
  /// tells as much as `-v`.
  private static String[] asOfAnsible(String... arguments) {
    List<String> joined = new ArrayList<>();
    for (String argument : arguments) {
      boolean value =
          argument.startsWith("-")
              && argument.contains(" ")
              && !joined.isEmpty()
              && joined.getLast().endsWith("-args");
      if (value) {
        joined.add(joined.removeLast() + "=" + argument);
      } else {
        joined.add(argument.matches("-v+") ? "-v" : argument);
      }
    }
    return joined.toArray(String[]::new);
  }

  /// Whether a scheduler of plugins reads standard output. It has to be known where the arguments
  /// can't be parsed, too.
  private static boolean isPlugin(String... arguments) {
    String nagios = ReportFormat.NAGIOS.label();
    List<String> all = List.of(arguments);
    return all.contains("--report=" + nagios)
        || IntStream.range(1, all.size())
            .anyMatch(at -> all.get(at).equals(nagios) && all.get(at - 1).equals("--report"));
  }

  /// Tells what is wrong. To a scheduler of plugins, exit code 2 would say that hosts are in a
  /// critical state.
  private static int refused(
      List<String> problems, CommandSpec command, boolean plugin, Terminal terminal) {
    problems.forEach(terminal::error);
    if (!plugin) {
      return command.exitCodeOnInvalidInput();
    }
    terminal.print(NagiosRenderer.unknown(problems.getFirst()));
    return NagiosState.UNKNOWN.status();
  }

  private static String told(CommandLine.ParameterException wrong) {
    return wrong.getMessage() + NearNames.didYouMean(mistyped(wrong), known(wrong));
  }

  private static String mistyped(CommandLine.ParameterException wrong) {
    return wrong instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().getFirst()
        : Optional.ofNullable(wrong.getValue()).orElse("");
  }

  /// What could stand in its place.
  private static List<String> known(CommandLine.ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    List<String> known = new ArrayList<>();
    if (wrong instanceof CommandLine.UnmatchedArgumentException) {
      known.addAll(command.subcommands().keySet());
      command.options().forEach(option -> known.addAll(List.of(option.names())));
    } else if (wrong.getArgSpec() != null && wrong.getArgSpec().completionCandidates() != null) {
      wrong.getArgSpec().completionCandidates().forEach(known::add);
    }
    return known;
  }

  /// All commands, for who describes them.
  static CommandLine whole(Terminal terminal, Surroundings surroundings) {
    var earshot = new CommandLine(new EarshotCommand(), new Commands(terminal, surroundings));
    EarshotCommand.COMMANDS.forEach(earshot::addSubcommand);
    return earshot;
  }

  /// Adds the commands that this run may need. Describing them all takes longer than a short one
  /// runs, so that one which is named first stands alone.
  private static void addCommands(CommandLine earshot, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    switch (first) {
      case "--version", "-V" -> {}
      case "help", "completion", "man" -> EarshotCommand.COMMANDS.forEach(earshot::addSubcommand);
      case String name when EarshotCommand.COMMANDS.containsKey(name) ->
          earshot.addSubcommand(name, EarshotCommand.COMMANDS.get(name));
      case String _ -> EarshotCommand.COMMANDS.forEach(earshot::addSubcommand);
    }
  }

  /// The version of the jar; `development` where classes run unpacked.
  static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /// What people can mend is told in a sentence; anything else is a defect of ours and says so.
  private static List<String> inSentences(Exception failure, Terminal terminal) {
    return switch (failure) {
      case UsageException usage -> usage.problems();
      case HistoryException history -> List.of(String.valueOf(history.getMessage()));
      case RecordingException recording -> List.of(String.valueOf(recording.getMessage()));
      default -> {
        boolean trace = System.getenv("EARSHOT_TRACE") != null;
        if (trace) {
          failure.printStackTrace(terminal.err());
        }
        yield List.of(
            "this is a defect in Earshot, please report it: "
                + failure
                + (trace ? "" : " (set EARSHOT_TRACE=1 for the stack trace)"));
      }
    };
  }

  /// Gives commands the terminal, and those that want it what is around the program.
  record Commands(Terminal terminal, Surroundings surroundings) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        switch (constructor.getParameterCount()) {
          case 1 -> {
            return type.cast(constructor.newInstance(terminal));
          }
          case 2 -> {
            return type.cast(constructor.newInstance(terminal, surroundings));
          }
          default -> {}
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
