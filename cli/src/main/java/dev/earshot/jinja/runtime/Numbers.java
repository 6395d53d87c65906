package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonNumbers;
import dev.earshot.python.PythonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// `int()`, `float()` and `bool()`.
public final class Numbers {

  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(?:(?:\\d(?:_?\\d)*+)?\\.?(?:(?<=\\.)\\d(?:_?\\d)*+)?(?:e[+-]?\\d(?:_?\\d)*+)?)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SPECIAL =
      Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private Numbers() {}

  /// Python's truth: empty and zero are false.
  public static boolean isTrue(Obj object) {
    return switch (object) {
      case Obj.Str str -> !str.text().isEmpty();
      case Obj.Int(var number) -> number.signum() != 0;
      case Obj.Real(var number) -> number != 0;
      case Obj.Bool bool -> bool.truth();
      case Obj.None _ -> false;
      case Obj.Items items -> !items.items().isEmpty();
      case Obj.Mapping mapping -> mapping.size() > 0;
      case Obj.Undefined undefined -> {
        if (undefined.equals(Obj.Undefined.NO_ELSE)) {
          yield false;
        }
        throw undefined.failure();
      }
      case Obj.Date _, Obj.Function _, Obj.WithAttributes _ -> true;
    };
  }

  /// An integer or a boolean, which counts as one.
  public static Optional<BigInteger> whole(Obj object) {
    return switch (object) {
      case Obj.Int(var number) -> Optional.of(number);
      case Obj.Bool bool -> Optional.of(bool.truth() ? BigInteger.ONE : BigInteger.ZERO);
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> Optional.empty();
    };
  }

  /// A number of any kind, not a text.
  public static Optional<Double> real(Obj object) {
    return object instanceof Obj.Real(var number)
        ? Optional.of(number)
        : whole(object).map(Numbers::toDouble);
  }

  public static double toDouble(BigInteger number) {
    double real = number.doubleValue();
    if (Double.isInfinite(real)) {
      throw new Failure("an integer is too large for a float");
    }
    return real;
  }

  /// An index or a count.
  public static int index(Obj object) {
    var number =
        whole(object).orElseThrow(() -> new Failure("expected an integer, not a " + object.type()));
    return number.bitLength() < 31
        ? number.intValue()
        : number.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
  }

  /// What `float(text)` makes of a text.
  public static Optional<Double> parseFloat(String text) {
    var trimmed = PythonText.strip(text);
    var special = SPECIAL.matcher(trimmed);
    if (special.matches()) {
      double value =
          special.group(2).toLowerCase(Locale.ROOT).equals("nan")
              ? Double.NaN
              : Double.POSITIVE_INFINITY;
      return Optional.of(special.group(1).equals("-") ? -value : value);
    }
    boolean matches =
        trimmed.length() <= PythonNumbers.MAX_DIGITS
            && FLOAT.matcher(trimmed).matches()
            && trimmed.matches("[+-]?\\.?[0-9].*");
    return matches ? Optional.of(Double.parseDouble(trimmed.replace("_", ""))) : Optional.empty();
  }

  /// A float cut to an integer.
  public static Optional<Obj> truncated(double number) {
    return Double.isNaN(number) || Double.isInfinite(number)
        ? Optional.empty()
        : Optional.of(new Obj.Int(new BigDecimal(number).toBigInteger()));
  }
}
