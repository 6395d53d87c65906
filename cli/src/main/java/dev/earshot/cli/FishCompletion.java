package dev.earshot.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completions for fish, from the model that help is made from. Picocli has them for bash only.
record FishCompletion(CommandSpec root) {

  String text() {
    String valued =
        visible(root)
            .filter(FishCompletion::takesValue)
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.joining(" "));
    StringBuilder script = new StringBuilder(functions(valued));
    List<CommandSpec> commands =
        root.subcommands().values().stream().map(CommandLine::getCommandSpec).toList();
    for (CommandSpec command : commands) {
      script.append(
          "complete -c %s -n '__%s_has \"\"' -a %s -d %s\n"
              .formatted(root.name(), root.name(), command.name(), quoted(ManPage.brief(command))));
    }
    visible(root).forEach(option -> script.append(line("", option)));
    for (CommandSpec command : commands) {
      visible(command).forEach(option -> script.append(line(command.name(), option)));
      command.positionalParameters().stream()
          .filter(parameter -> !parameter.hidden())
          .forEach(parameter -> script.append(line(command.name(), parameter)));
    }
    return script.toString();
  }

  /// What tells which command the line has so far: the first word that is neither an option nor its
  /// value.
  ///
  /// @param valued options before it that have one
  private String functions(String valued) {
    return """
    # %1$s's completions, made from its own description.
    function __%1$s_command
        set -l words (commandline -opc)
        set -e words[1]
        while set -q words[1]
            switch $words[1]
                case %2$s
                    set -e words[1]
                case '-*'
                case '*'
                    echo $words[1]
                    return
            end
            set -e words[1]
        end
    end

    function __%1$s_has
        set -l command (__%1$s_command)
        test "$command" = "$argv[1]"
    end

    complete -c %1$s -f
    """
        .formatted(root.name(), valued);
  }

  private static Stream<OptionSpec> visible(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden());
  }

  private String line(String command, OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(name -> (name.startsWith("--") ? "-l " : "-s ") + ManPage.bare(name))
            .collect(Collectors.joining(" "));
    return "%s %s%s -d %s\n"
        .formatted(
            condition(command),
            names,
            takesValue(option) ? values(option) : "",
            quoted(ManPage.meaning(option).split("(?<=[.;:])\\s", 2)[0]));
  }

  private String line(String command, ArgSpec parameter) {
    String values = candidates(parameter);
    return values.isEmpty()
        ? takesFile(parameter) ? condition(command) + " -F\n" : ""
        : "%s -a %s\n".formatted(condition(command), quoted(values));
  }

  private String condition(String command) {
    return "complete -c %s -n '__%s_has \"%s\"'".formatted(root.name(), root.name(), command);
  }

  /// What follows an option: one of some words, or a file, or something that nobody can guess.
  private static String values(OptionSpec option) {
    String values = candidates(option);
    return values.isEmpty() ? takesFile(option) ? " -r -F" : " -x" : " -x -a " + quoted(values);
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  private static boolean takesFile(ArgSpec argument) {
    return argument.paramLabel().matches("FILE|DIR|EVIDENCE");
  }

  private static String candidates(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? ""
        : StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" "));
  }

  /// A word of fish.
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
