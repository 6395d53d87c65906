package dev.earshot.config;

import dev.earshot.config.OptionType.Context;
import dev.earshot.config.OptionType.Doubtful;
import dev.earshot.config.OptionType.Fits;
import dev.earshot.config.OptionType.Nothing;
import dev.earshot.config.OptionType.Wrong;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Severity;
import dev.earshot.python.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ansible's configuration: the environment, then `ansible.cfg`, then what Ansible has built in.
public final class AnsibleConfig {

  /// The machine's own configuration.
  public static final Path SYSTEM = Path.of("/etc/ansible/ansible.cfg");

  /// Somebody's text for an option.
  ///
  /// @param name that the option has there
  /// @param base what a relative path is relative to
  private record Raw(String text, String name, Origin origin, Path base) {}

  private final Surroundings surroundings;
  private final ConfigFile file;
  private final List<Problem> problems;

  private AnsibleConfig(Surroundings surroundings, ConfigFile file) {
    this.surroundings = surroundings;
    this.file = file;
    this.problems = new ArrayList<>(file.problems());
    Options.ALL.forEach(option -> read(option, problems));
  }

  /// Reads everything. What is wrong stands in [#problems()]; an option that is wrong has its
  /// default.
  public static AnsibleConfig read(Surroundings surroundings) {
    return read(surroundings, SYSTEM);
  }

  /// Reads everything, with another place for the machine's own configuration.
  ///
  /// @param system the machine's own configuration, which need not exist
  public static AnsibleConfig read(Surroundings surroundings, Path system) {
    return new AnsibleConfig(surroundings, ConfigFile.find(surroundings, system));
  }

  /// The `ansible.cfg` that counts.
  public Optional<Path> file() {
    return file.path();
  }

  /// Everything that is wrong with the configuration, warnings among it.
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public <T> T get(Option<T> option) {
    return find(option).value();
  }

  /// The value with who set it.
  public <T> Configured<T> find(Option<T> option) {
    return read(option, new ArrayList<>());
  }

  private <T> Configured<T> read(Option<T> option, List<Problem> problems) {
    var standard = new Configured<>(option.standard(), Origin.Default.DEFAULT);
    var raw = raw(option);
    if (raw.isEmpty()) {
      return standard;
    }
    var origin = raw.get().origin();
    var reading = option.type().read(raw.get().text(), new Context(surroundings, raw.get().base()));
    return switch (reading) {
      case Fits<T>(var value) -> new Configured<>(value, origin);
      case Doubtful<T>(var value, var message, var advice) -> {
        problems.add(problem(Severity.WARNING, raw.get(), message, advice));
        yield new Configured<>(value, origin);
      }
      case Wrong<T>(var message, var advice) -> {
        problems.add(problem(Severity.ERROR, raw.get(), message, advice));
        yield standard;
      }
      case Nothing<T>(var message, var advice) -> {
        // Ansible takes such a variable of the environment as not set, but not such a line.
        if (origin instanceof Origin.File) {
          problems.add(problem(Severity.ERROR, raw.get(), message, advice));
        }
        yield standard;
      }
    };
  }

  private Optional<Raw> raw(Option<?> option) {
    return option.environment().reversed().stream()
        .filter(surroundings.environment()::containsKey)
        .findFirst()
        .map(name ->
            new Raw(
                surroundings.environment().getOrDefault(name, ""),
                name + " in the environment",
                new Origin.Environment(name),
                surroundings.workingDirectory()))
        .or(() -> file.text().flatMap(text -> raw(option, text)));
  }

  private static Optional<Raw> raw(Option<?> option, ConfigText text) {
    return option.entries().reversed().stream()
        .flatMap(entry -> text.find(entry).map(line -> raw(entry, line)).stream())
        .findFirst();
  }

  private static Raw raw(Option.Entry entry, ConfigText.Line line) {
    var where = line.where();
    return new Raw(
        line.value(), entry.key(), new Origin.File(where), where.file().resolveSibling(""));
  }

  private static Problem problem(Severity severity, Raw raw, String message, String advice) {
    var where =
        switch (raw.origin()) {
          case Origin.File(var line) -> Optional.of(line);
          case Origin.Environment _, Origin.Default _ -> Optional.<Location>empty();
        };
    return new Problem(severity, where, raw.name() + " " + message, advice);
  }

  @Override
  public String toString() {
    return "AnsibleConfig[" + file.path() + "]";
  }
}
