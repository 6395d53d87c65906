package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.python.PythonNumbers;
import dev.earshot.python.PythonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Filters that make or change numbers and booleans.
final class NumberFilters {

  private static final Set<String> TRUE = Set.of("yes", "on", "1", "true");

  static final Map<String, Filter> JINJA =
      Map.of(
          "int", NumberFilters::toInt,
          "float", NumberFilters::toFloat,
          "abs", (value, _, _) -> abs(value),
          "round", NumberFilters::round);

  static final Map<String, Filter> ANSIBLE =
      Map.of(
          "bool", (value, _, _) -> toBool(value), "human_readable", NumberFilters::humanReadable);

  private NumberFilters() {}

  private static Obj toInt(Obj value, Arguments arguments, Environment env) {
    var otherwise = arguments.take("default", new Obj.Int(0));
    int base = Numbers.index(arguments.take("base", new Obj.Int(10)));
    return switch (value) {
      case Obj.Str(var text, _, _) ->
          parsed(text, base)
              .<Obj>map(Obj.Int::new)
              .or(() -> Numbers.parseFloat(text).flatMap(NumberFilters::whole))
              .orElse(otherwise);
      case Obj.Real(var number) -> whole(number).orElse(otherwise);
      default -> Numbers.whole(value).<Obj>map(Obj.Int::new).orElse(otherwise);
    };
  }

  private static Optional<Obj> whole(double number) {
    if (Double.isInfinite(number)) {
      throw new Failure("infinity is no integer");
    }
    return Numbers.truncated(number);
  }

  private static Optional<BigInteger> parsed(String text, int base) {
    if (base == 10) {
      return PythonNumbers.parseInt(text);
    }
    var prefix =
        switch (base) {
          case 2 -> "0b";
          case 8 -> "0o";
          case 16 -> "0x";
          default -> throw new Failure("the base " + base + " is not supported");
        };
    var digits = PythonText.strip(text).toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    digits = digits.startsWith(prefix) ? digits.substring(2) : digits;
    boolean number =
        digits.matches("[0-9a-f]+(?:_[0-9a-f]+)*+")
            && digits.chars().allMatch(c -> c == '_' || Character.digit(c, base) >= 0);
    if (!number || digits.length() > PythonNumbers.MAX_DIGITS) {
      return Optional.empty();
    }
    var parsed = new BigInteger(digits.replace("_", ""), base);
    return Optional.of(negative ? parsed.negate() : parsed);
  }

  private static Obj toFloat(Obj value, Arguments arguments, Environment env) {
    var otherwise = arguments.take("default", new Obj.Real(0));
    return value instanceof Obj.Str(var text, _, _)
        ? Numbers.parseFloat(text).<Obj>map(Obj.Real::new).orElse(otherwise)
        : Numbers.real(value).<Obj>map(Obj.Real::new).orElse(otherwise);
  }

  static Obj toBool(Obj value) {
    return switch (value) {
      case Obj.None _, Obj.Bool _ -> value;
      case Obj.Str(var text, _, _) -> Obj.Bool.of(TRUE.contains(text.toLowerCase(Locale.ROOT)));
      default -> Obj.Bool.of(Numbers.real(value).orElse(0.0) == 1);
    };
  }

  private static Obj abs(Obj value) {
    return value instanceof Obj.Real(var number)
        ? new Obj.Real(Math.abs(number))
        : new Obj.Int(Numbers.whole(value).orElseThrow(() -> notNumber(value)).abs());
  }

  private static Failure notNumber(Obj value) {
    return new Failure("it takes a number, not a " + value.type());
  }

  private static Obj round(Obj value, Arguments arguments, Environment env) {
    int precision = Numbers.index(arguments.take("precision", new Obj.Int(0)));
    var method = arguments.takeText("method", "common");
    if (Math.abs(precision) > 300) {
      throw new Failure("its precision is too large");
    }
    double number = Numbers.real(value).orElseThrow(() -> notNumber(value));
    return switch (method) {
      case "common" ->
          value instanceof Obj.Real ? rounded(number, precision) : roundedWhole(value, precision);
      case "ceil", "floor" -> {
        if (precision < 0 || Double.isNaN(number) || Double.isInfinite(number)) {
          throw new Failure("it can't round so");
        }
        double scale = Math.pow(10, precision);
        double scaled = number * scale;
        yield new Obj.Real(
            (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale);
      }
      default -> throw new Failure("its method must be common, ceil or floor");
    };
  }

  private static Obj rounded(double number, int precision) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return new Obj.Real(number);
    }
    double result =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    return new Obj.Real(Math.copySign(result, number));
  }

  private static Obj roundedWhole(Obj value, int precision) {
    var number = Numbers.whole(value).orElseThrow(() -> notNumber(value));
    return precision >= 0
        ? new Obj.Int(number)
        : new Obj.Int(
            new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
  }

  private static Obj humanReadable(Obj value, Arguments arguments, Environment env) {
    boolean bits = arguments.takeTruth("isbits", false);
    var unit = arguments.take("unit", Obj.None.NONE);
    if (!(unit instanceof Obj.None)) {
      throw new Failure("its argument unit is not supported");
    }
    double size = Numbers.real(value).orElseThrow(() -> notNumber(value));
    var prefixes = "YZEPTGMK";
    for (int i = 0; i < prefixes.length(); i++) {
      double limit = Math.pow(1024, prefixes.length() - (double) i);
      if (size >= limit) {
        return inUnits(size / limit, prefixes.charAt(i) + (bits ? "b" : "B"));
      }
    }
    return inUnits(size, bits ? "bits" : "Bytes");
  }

  private static Obj inUnits(double size, String unit) {
    return new Obj.Str(
        new BigDecimal(size).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " " + unit);
  }
}
