package dev.earshot.inventory.listing;

import dev.earshot.python.Value;
import dev.earshot.text.Printable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values in words for people, without what may be a secret.
final class Discreet {

  /// Stands for a value that is not shown.
  static final String HIDDEN = "(secret)";

  private static final Pattern SECRET =
      Pattern.compile(
          "pass|secret|token|key|credential|private|pwd|salt|auth", Pattern.CASE_INSENSITIVE);

  /// `user:password@` in an address.
  private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/\\s:@]*+:)[^/\\s@]*+@");

  private Discreet() {}

  static String value(String name, Value value) {
    return Printable.of(
        SECRET.matcher(name).find() && value.isTruthy() ? hidden(value) : value(value));
  }

  private static String hidden(Value value) {
    return value instanceof Value.Vaulted ? PythonStr.VAULTED : HIDDEN;
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text(var text, _) ->
          IN_ADDRESS.matcher(text.replace("\n", "\\n")).replaceAll("$1(secret)@");
      case Value.Vaulted _ -> PythonStr.VAULTED;
      case Value.Null _ -> "null";
      case Value.Bool(var truth) -> truth ? "true" : "false";
      case Value.Whole _, Value.Real _, Value.Timestamp _ -> value.asText().orElse("");
      case Value.Sequence(var items) ->
          items.stream().map(Discreet::value).collect(Collectors.joining(", ", "[", "]"));
      case Value.Mapping(var entries) ->
          entries.entrySet().stream()
              .map(entry -> {
                var name = value(entry.getKey());
                return name + ": " + value(name, entry.getValue());
              })
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
