package dev.earshot.yaml;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.Value;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Turns a scalar into a value as PyYAML's safe constructor does.
public final class YamlScalar {

  private YamlScalar() {}

  /// Absent if the text doesn't fit the tag, or the tag has no place in an inventory.
  public static Optional<Value> value(ScalarNode node) {
    var text = node.getValue();
    return switch (node.getTag().getValue()) {
      case Tag.PREFIX + "str" -> Optional.of(new Value.Text(text));
      case Tag.PREFIX + "int" -> integer(text).map(Value.Whole::new);
      case Tag.PREFIX + "float" -> real(text).map(Value.Real::new);
      case Tag.PREFIX + "bool" -> bool(text).map(Value.Bool::new);
      case Tag.PREFIX + "null" -> Optional.of(Value.Null.NULL);
      case Tag.PREFIX + "timestamp" -> YamlTimestamp.parse(text);
      case "!unsafe" -> Optional.of(new Value.Text(text, true));
      case "!vault", "!vault-encrypted" -> Optional.of(new Value.Vaulted(text));
      default -> Optional.empty();
    };
  }

  private static Optional<BigInteger> integer(String written) {
    var text = written.replace("_", "");
    boolean negative = text.startsWith("-");
    var digits = negative || text.startsWith("+") ? text.substring(1) : text;
    if (digits.length() > PythonNumbers.MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      var number = unsigned(digits);
      return Optional.of(negative ? number.negate() : number).filter(PythonNumbers::isWritable);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static BigInteger unsigned(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0")) {
      return new BigInteger(digits, 8);
    }
    var total = BigInteger.ZERO;
    for (var part : digits.split(":", -1)) {
      total = total.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
    }
    return total;
  }

  private static Optional<Double> real(String written) {
    var text = written.replace("_", "").toLowerCase(Locale.ROOT);
    double sign = text.startsWith("-") ? -1 : 1;
    var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    try {
      return switch (digits) {
        case ".inf" -> Optional.of(sign * Double.POSITIVE_INFINITY);
        case ".nan" -> Optional.of(Double.NaN);
        default -> {
          double total = 0;
          for (var part : digits.split(":", -1)) {
            total = total * 60 + Double.parseDouble(part);
          }
          yield Optional.of(sign * total);
        }
      };
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "on" -> Optional.of(true);
      case "no", "false", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
