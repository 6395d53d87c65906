package dev.earshot.inventory;

import dev.earshot.python.Surroundings;
import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads what stands behind each `-e`: `name=value` words, YAML or JSON, or `@` and the file that
/// holds either of the latter. No problem shows a value.
public final class ExtraVars {

  /// The origin of what stands on the command line itself.
  public static final Location COMMAND_LINE = Location.of(Path.of("-e"));

  /// What the options set, and what is wrong with them.
  ///
  /// @param variables of all options that could be read
  public record Outcome(SequencedMap<String, Variable> variables, List<Problem> problems) {
    public Outcome {
      variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
      problems = List.copyOf(problems);
    }
  }

  private final ReadSettings settings;
  private final Surroundings surroundings;
  private final Vault vault;
  private final Problems problems = new Problems();

  private ExtraVars(ReadSettings settings, Surroundings surroundings, Vault vault) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.vault = vault;
  }

  /// Reads all options in order: where several set a variable, the last wins, or their mappings are
  /// merged if the settings say so.
  ///
  /// @param vault opens files that are encrypted
  public static Outcome read(
      List<String> options, ReadSettings settings, Surroundings surroundings, Vault vault) {
    var reader = new ExtraVars(settings, surroundings, vault);
    var combination = new Combination(settings.mergesMappings());
    var variables = new LinkedHashMap<String, Variable>();
    options.forEach(option -> combination.add(variables, reader.read(option)));
    return new Outcome(variables, reader.problems.all());
  }

  private Map<String, Variable> read(String option) {
    if (option.isEmpty()) {
      return Map.of();
    }
    return switch (option.charAt(0)) {
      case '@' -> file(option.substring(1)).flatMap(this::mapping).orElse(Map.of());
      case '[', '{' ->
          mapping(new SourceText(COMMAND_LINE.file(), option, true))
              .map(ExtraVars::onCommandLine)
              .orElse(Map.of());
      case '/', '.' -> {
        problems.error(
            COMMAND_LINE, "this looks like the path of a file", "write @ before it: -e @FILE");
        yield Map.of();
      }
      default -> words(option);
    };
  }

  private Map<String, Variable> words(String option) {
    var parameters = Parameters.parse(option);
    if (parameters.isEmpty()) {
      problems.error(
          COMMAND_LINE,
          "a quote or a brace stays open, or the text begins with blanks",
          "close it, or write the variables as JSON: -e '{\"name\": \"value\"}'");
      return Map.of();
    }
    var variables = new LinkedHashMap<String, Variable>();
    parameters
        .get()
        .forEach(
            (name, text) -> variables.put(name, new Variable(new Value.Text(text), COMMAND_LINE)));
    if (variables.containsKey(Parameters.REST)) {
      problems.warning(
          COMMAND_LINE, "some words set no variable", "write name=value without blanks around =");
    }
    return variables;
  }

  private Optional<SourceText> file(String written) {
    try {
      var file = surroundings.resolve(written);
      var shown =
          file.equals(surroundings.workingDirectory().resolve(written)) ? Path.of(written) : file;
      if (!Files.isRegularFile(file)) {
        problems.error(Location.of(shown), "there is no such file", "check the path given with -e");
        return Optional.empty();
      }
      return SourceText.read(file, problems)
          .map(source -> new SourceText(shown, source.text(), source.utf8()))
          .flatMap(source -> source.opened(vault, problems));
    } catch (InvalidPathException _) {
      problems.error(COMMAND_LINE, "what stands behind @ is no path", "write -e @FILE");
      return Optional.empty();
    }
  }

  private Optional<Map<String, Variable>> mapping(SourceText source) {
    var document = YamlDocument.parse(source, problems);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    var values = new YamlValues(source, settings.duplicateKeys(), problems);
    var root = document.get().root();
    if (root.isPresent() && root.get() instanceof MappingNode mapping) {
      return Optional.of(variables(mapping, values));
    }
    problems.error(
        root.map(values::where).orElse(Location.of(source.file())),
        "extra variables must be a mapping",
        "write name: value, one a line");
    return Optional.empty();
  }

  private static Map<String, Variable> variables(MappingNode mapping, YamlValues values) {
    var variables = new LinkedHashMap<String, Variable>();
    for (var entry : values.entries(mapping)) {
      values
          .value(entry.node())
          .ifPresent(value ->
              variables.put(VarsFiles.keyOf(entry.key()), new Variable(value, entry.where())));
    }
    return variables;
  }

  private static Map<String, Variable> onCommandLine(Map<String, Variable> variables) {
    var moved = new LinkedHashMap<String, Variable>();
    variables.forEach(
        (name, variable) -> moved.put(name, new Variable(variable.value(), COMMAND_LINE)));
    return moved;
  }
}
