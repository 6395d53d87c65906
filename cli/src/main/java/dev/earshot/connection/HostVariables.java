package dev.earshot.connection;

import static java.util.stream.Collectors.joining;

import dev.earshot.inventory.Host;
import dev.earshot.inventory.HostSettings;
import dev.earshot.inventory.Location;
import dev.earshot.inventory.Problem;
import dev.earshot.inventory.Setting;
import dev.earshot.inventory.Variable;
import dev.earshot.python.Value;
import java.util.List;
import java.util.Optional;

/// Reads a host's variables, evaluated, and notes what is wrong with them.
///
/// @param problems gets what is wrong
public record HostVariables(Host host, HostSettings settings, List<Problem> problems) {

  /// The last of these variables that is set: Ansible's aliases in rising order of strength.
  public Optional<String> text(String... names) {
    return noted(settings.text(names));
  }

  /// As [#text], with where it stands.
  public Optional<Setting.Given<String>> given(String name) {
    Setting<String> setting = settings.text(name);
    setting.complaint().ifPresent(problems::add);
    return setting.asGiven();
  }

  /// As [#text], but nothing is a value, too: it keeps weaker ones from counting.
  public Optional<String> written(String... names) {
    for (int i = names.length - 1; i >= 0; i--) {
      if (host.variable(names[i]).isPresent()) {
        return Optional.of(text(names[i]).orElse(""));
      }
    }
    return Optional.empty();
  }

  /// A variable that is more than one value.
  Optional<Value> value(String name) {
    return noted(settings.value(name));
  }

  Optional<Integer> port(String... names) {
    return noted(settings.port(names));
  }

  Optional<Integer> count(String... names) {
    return noted(settings.number(0, 86_400, names));
  }

  Optional<Boolean> bool(String... names) {
    return noted(settings.bool(names));
  }

  /// Notes that the host can't be reached because of what stands in some other file.
  void complain(String message, String advice) {
    problems.add(Problem.error(message, advice));
  }

  /// Notes that the host can't be reached because of one of these variables.
  void complainOf(List<String> names, String message, String advice) {
    problems.add(Problem.error(origin(names), message, advice));
  }

  /// Notes what is not obeyed, whichever host it was noticed at.
  void note(String message, String advice) {
    problems.add(Problem.warning(message, advice));
  }

  /// Where the one of these variables stands that is set. Where it can't be told, the host's line.
  private Location origin(List<String> names) {
    List<Variable> set = names.stream().flatMap(name -> host.variable(name).stream()).toList();
    return set.size() == 1 ? set.getFirst().origin() : host.declared();
  }

  /// Why the host can't be asked as its variables are: all of it.
  Optional<String> refusal() {
    List<String> errors =
        problems.stream().filter(Problem::isError).map(Problem::toString).distinct().toList();
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(errors.stream().collect(joining("; and ")));
  }

  /// What has to be told beside, whichever host it was noticed at.
  public List<Problem> warnings() {
    return problems.stream().filter(problem -> !problem.isError()).toList();
  }

  @Override
  public String toString() {
    return "HostVariables[" + host.name() + "]";
  }

  private <T> Optional<T> noted(Setting<T> setting) {
    setting.complaint().ifPresent(problems::add);
    return setting.asOptional();
  }
}
