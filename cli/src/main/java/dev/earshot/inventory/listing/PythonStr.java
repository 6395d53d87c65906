package dev.earshot.inventory.listing;

import dev.earshot.python.Value;
import dev.earshot.vault.Vault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values as Python's `str()` shows them, and as `repr()` those inside of lists and mappings.
final class PythonStr {

  /// What stands for a value that stays locked.
  static final String VAULTED = "(vaulted)";

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d+)-(\\d+)-(\\d+)(?:T(\\d+):(\\d+):(\\d+)(?:\\.(\\d{6}))?(?:([-+])(\\d+):(\\d+))?)?");

  private final Vault vault;
  private Optional<String> locked = Optional.empty();

  PythonStr(Vault vault) {
    this.vault = vault;
  }

  String str(Value value) {
    return switch (value) {
      case Value.Text(var text, _) -> text;
      case Value.Vaulted(var ciphertext) -> opened(ciphertext);
      case Value.Timestamp(var iso) -> iso.replace('T', ' ');
      case Value.Null _ -> "None";
      case Value.Sequence(var items) ->
          items.stream().map(this::repr).collect(Collectors.joining(", ", "[", "]"));
      case Value.Mapping(var entries) ->
          entries.entrySet().stream()
              .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Value.Whole _, Value.Real _, Value.Bool _ -> value.asText().orElse("");
    };
  }

  private String repr(Value value) {
    return switch (value) {
      case Value.Text(var text, _) -> quoted(text);
      case Value.Vaulted(var ciphertext) -> quoted(opened(ciphertext));
      case Value.Timestamp(var iso) -> time(iso);
      case Value other -> str(other);
    };
  }

  private String opened(String ciphertext) {
    return switch (vault.open(ciphertext)) {
      case Vault.Opening.Opened(var plain) -> plain;
      case Vault.Opening.Locked(var reason) -> {
        locked = locked.or(() -> Optional.of(reason));
        yield VAULTED;
      }
    };
  }

  /// Why the first value that stayed locked did, if one did.
  Optional<String> locked() {
    return locked;
  }

  private static String time(String iso) {
    var match = TIME.matcher(iso);
    if (!match.matches()) {
      return quoted(iso);
    }
    var numbers = new StringBuilder();
    for (int i = 1; i <= 7 && match.group(i) != null; i++) {
      boolean isZeroSecond = i == 6 && Integer.parseInt(match.group(i)) == 0;
      if (!isZeroSecond || match.group(7) != null) {
        numbers.append(i == 1 ? "" : ", ").append(Integer.parseInt(match.group(i)));
      }
    }
    var kind = match.group(4) == null ? "date" : "datetime";
    return "datetime.%s(%s%s)".formatted(kind, numbers, zone(match));
  }

  private static String zone(Matcher match) {
    if (match.group(8) == null) {
      return "";
    }
    int seconds = Integer.parseInt(match.group(9)) * 3600 + Integer.parseInt(match.group(10)) * 60;
    if (seconds == 0) {
      return ", tzinfo=datetime.timezone.utc";
    }
    var delta =
        match.group(8).equals("+")
            ? "seconds=" + seconds
            : "days=-1, seconds=" + (86_400 - seconds);
    return ", tzinfo=datetime.timezone(datetime.timedelta(%s))".formatted(delta);
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    var out = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
              if (c == quote) {
                out.append('\\').append(quote);
              } else if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(
                    (c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x").formatted(c));
              }
            }
          }
        });
    return out.append(quote).toString();
  }

  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
