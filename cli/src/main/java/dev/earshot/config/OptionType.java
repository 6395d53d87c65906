package dev.earshot.config;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.PythonText;
import dev.earshot.python.Surroundings;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What the text of an option has to be, and what is made of it.
@FunctionalInterface
public interface OptionType<T> {

  /// What relative paths are relative to, and what `~` and `$VAR` mean.
  record Context(Surroundings surroundings, Path base) {

    private Path path(String text) {
      var directory = surroundings.workingDirectory().toString();
      return surroundings.resolve(text.replace("{{CWD}}", directory), base);
    }

    private <T> Reading<T> read(Supplier<T> paths) {
      try {
        return new Fits<>(paths.get());
      } catch (InvalidPathException _) {
        return new Wrong<>("holds a character that no path can hold", "remove it");
      }
    }
  }

  /// What a text is read as.
  sealed interface Reading<T> {}

  record Fits<T>(T value) implements Reading<T> {}

  /// Ansible takes it, but hardly as the author meant it.
  record Doubtful<T>(T value, String message, String advice) implements Reading<T> {}

  record Wrong<T>(String message, String advice) implements Reading<T> {}

  /// Nothing, where nothing doesn't fit.
  record Nothing<T>(String message, String advice) implements Reading<T> {}

  Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t");
  Set<String> FALSE = Set.of("", "n", "no", "off", "0", "false", "f");

  OptionType<Boolean> FLAG =
      (text, _) -> {
        var word = PythonText.strip(text).toLowerCase(Locale.ROOT);
        return TRUE.contains(word) || FALSE.contains(word)
            ? new Fits<>(TRUE.contains(word))
            : new Doubtful<>(false, "is no boolean, which Ansible takes as no", "write yes or no");
      };

  /// Not declared as a boolean by Ansible, so that any text at all switches it on.
  OptionType<Boolean> ANY_TEXT =
      (text, _) ->
          FALSE.contains(text.toLowerCase(Locale.ROOT)) && !text.isEmpty()
              ? new Doubtful<>(
                  true, "says no, but Ansible takes any text as yes", "remove it to switch it off")
              : new Fits<>(!PythonText.unquoted(text).isEmpty());

  OptionType<Integer> NUMBER =
      (text, _) -> {
        var message = "must be a whole number";
        var advice = "write digits only";
        return text.isEmpty()
            ? new Nothing<>(message, advice)
            : PythonNumbers.parseInt(text)
                .filter(number -> number.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue)
                .<Reading<Integer>>map(Fits::new)
                .orElseGet(() -> new Wrong<>(message, advice));
      };

  OptionType<String> TEXT = (text, _) -> new Fits<>(PythonText.unquoted(text));

  OptionType<Path> PATH = (text, context) -> context.read(() -> context.path(text));

  OptionType<List<Path>> PATHS =
      (text, context) ->
          context.read(() ->
              Arrays.stream(text.split(",", -1))
                  .map(PythonText::strip)
                  .map(context::path)
                  .toList());

  OptionType<List<String>> WORDS =
      (text, _) ->
          new Fits<>(
              Arrays.stream(text.split(",", -1))
                  .map(PythonText::strip)
                  .map(PythonText::unquoted)
                  .toList());

  Reading<T> read(String text, Context context);

  /// One of the words that mean something.
  static OptionType<String> oneOf(String... words) {
    var known = List.of(words);
    return (text, _) ->
        known.contains(PythonText.unquoted(text))
            ? new Fits<>(PythonText.unquoted(text))
            : new Wrong<>("has no such value", "write one of " + String.join(", ", known));
  }

  default OptionType<Optional<T>> optional() {
    return (text, context) ->
        switch (read(text, context)) {
          case Fits<T>(var value) -> new Fits<>(Optional.of(value));
          case Doubtful<T>(var value, var message, var advice) ->
              new Doubtful<>(Optional.of(value), message, advice);
          case Wrong<T>(var message, var advice) -> new Wrong<>(message, advice);
          case Nothing<T>(var message, var advice) -> new Nothing<>(message, advice);
        };
  }
}
