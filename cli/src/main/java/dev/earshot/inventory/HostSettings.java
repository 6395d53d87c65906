package dev.earshot.inventory;

import dev.earshot.python.Value;
import java.util.function.BiFunction;

/// A host's variables as the types that their readers need, each evaluated before it is read.
public record HostSettings(Host host, Rendering rendering) {

  /// The last of these variables that is set, as text.
  public Setting<String> text(String... names) {
    return setting(Setting::text, names);
  }

  /// The last of these variables that is set, as a TCP port.
  public Setting<Integer> port(String... names) {
    return setting((name, variable) -> Setting.integer(name, variable, 1, 65_535), names);
  }

  /// The last of these variables that is set, as a whole number between two bounds.
  public Setting<Integer> number(int least, int most, String... names) {
    return setting((name, variable) -> Setting.integer(name, variable, least, most), names);
  }

  /// The last of these variables that is set, as a boolean.
  public Setting<Boolean> bool(String... names) {
    return setting(Setting::bool, names);
  }

  /// The variable as it is, whatever it is.
  public Setting<Value> value(String name) {
    return setting((_, variable) -> Setting.value(variable), name);
  }

  private <T> Setting<T> setting(BiFunction<String, Variable, Setting<T>> reader, String... names) {
    for (int i = names.length - 1; i >= 0; i--) {
      var variable = host.variable(names[i]);
      if (variable.isPresent()) {
        return switch (rendering.render(host, names[i], variable.get())) {
          case Rendering.Outcome.Rendered(var value) ->
              reader.apply(names[i], new Variable(value, variable.get().origin()));
          case Rendering.Outcome.Failed(var problem) -> new Setting.Wrong<>(problem);
        };
      }
    }
    return new Setting.Unset<>();
  }
}
