package dev.earshot.inventory;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A host's variable read as the type that its reader needs.
public sealed interface Setting<T> {

  /// The variable is there and fits.
  record Given<T>(T value, Location origin) implements Setting<T> {}

  /// The variable is not set, or set to nothing.
  record Unset<T>() implements Setting<T> {}

  /// The variable is there and can't be used.
  record Wrong<T>(Problem problem) implements Setting<T> {}

  /// The value, if it is there and fits.
  default Optional<T> asOptional() {
    return switch (this) {
      case Given<T> given -> Optional.of(given.value());
      case Unset<T> _, Wrong<T> _ -> Optional.empty();
    };
  }

  /// The same with the line that set it.
  default Optional<Given<T>> asGiven() {
    return switch (this) {
      case Given<T> given -> Optional.of(given);
      case Unset<T> _, Wrong<T> _ -> Optional.empty();
    };
  }

  /// What is wrong with it, if anything.
  default Optional<Problem> complaint() {
    return switch (this) {
      case Wrong<T> wrong -> Optional.of(wrong.problem());
      case Given<T> _, Unset<T> _ -> Optional.empty();
    };
  }

  /// Reads a scalar as text. An empty string counts as not set.
  static Setting<String> text(String name, Variable variable) {
    return read(
        name, variable, Optional::of, "must be a single value", "write one string, unencrypted");
  }

  /// Reads a whole number between two bounds; `"0022"` is 22, as it is for Ansible.
  static Setting<Integer> integer(String name, Variable variable, int least, int most) {
    return read(
        name,
        variable,
        text -> PythonNumbers.parseInt(text).flatMap(number -> within(number, least, most)),
        "must be a whole number",
        "write a number from %d to %d".formatted(least, most));
  }

  /// Reads a boolean in any of Ansible's spellings.
  static Setting<Boolean> bool(String name, Variable variable) {
    return read(name, variable, Setting::truth, "must be a boolean", "write true or false");
  }

  /// Takes whatever it is. Null counts as not set.
  static Setting<Value> value(Variable variable) {
    return variable.value() == Value.Null.NULL
        ? new Unset<>()
        : new Given<>(variable.value(), variable.origin());
  }

  private static <T> Setting<T> read(
      String name,
      Variable variable,
      Function<String, Optional<T>> parser,
      String demand,
      String advice) {
    var value = variable.value();
    if (value == Value.Null.NULL || value.equals(new Value.Text(""))) {
      return new Unset<>();
    }
    var parsed = value.asText().map(String::strip).flatMap(parser);
    if (parsed.isPresent()) {
      return new Given<>(parsed.get(), variable.origin());
    }
    return wrong(variable, "%s %s but is %s".formatted(name, demand, shown(name, value)), advice);
  }

  private static <T> Setting<T> wrong(Variable variable, String message, String advice) {
    return new Wrong<>(Problem.error(variable.origin(), message, advice));
  }

  private static Optional<Integer> within(BigInteger number, int least, int most) {
    return number.bitLength() < Integer.SIZE
            && number.intValue() >= least
            && number.intValue() <= most
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  private static Optional<Boolean> truth(String text) {
    var word = text.toLowerCase(Locale.ROOT);
    if (Set.of("yes", "on", "1", "true", "t", "y", "1.0").contains(word)) {
      return Optional.of(true);
    }
    return Set.of("no", "off", "0", "false", "f", "n", "0.0").contains(word)
        ? Optional.of(false)
        : Optional.empty();
  }

  /// The value where it helps and can't be a secret, else only its kind.
  private static String shown(String name, Value value) {
    var harmless =
        name.endsWith("_port") || name.endsWith("_timeout") || name.endsWith("ansible_become");
    return value
        .asText()
        .filter(text -> harmless && text.length() <= 20)
        .map(text -> "\"" + text + "\"")
        .orElseGet(value::kind);
  }
}
