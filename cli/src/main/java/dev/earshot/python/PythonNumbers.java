package dev.earshot.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/// Python's idea of numbers, where it differs from Java's.
public final class PythonNumbers {

  /// Python refuses to turn longer text into an integer.
  public static final int MAX_DIGITS = 4_300;

  /// The first number with more digits.
  private static final BigInteger ENDLESS = BigInteger.TEN.pow(MAX_DIGITS);

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*+");

  private PythonNumbers() {}

  /// True for a number that Python writes out: one with more digits can be made of hexadecimal
  /// ones, but not be shown.
  public static boolean isWritable(BigInteger number) {
    return number.abs().compareTo(ENDLESS) < 0;
  }

  /// What `int(text)` makes of a text, if it makes anything of it.
  public static Optional<BigInteger> parseInt(String text) {
    var trimmed = PythonText.strip(text);
    return trimmed.length() <= MAX_DIGITS && INTEGER.matcher(trimmed).matches()
        ? Optional.of(new BigInteger(trimmed.replace("_", "")))
        : Optional.empty();
  }

  /// What `repr` writes: `1e+16`, `100000.0`, `inf`.
  public static String repr(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return Double.toString(number);
    }
    var decimal = shortest(number);
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      var plain = decimal.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    var digits = decimal.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /// Java always writes two digits, and so the second best of some numbers: 4.9E-324 for 5e-324.
  private static BigDecimal shortest(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    var rounded = decimal.round(new MathContext(1));
    return rounded.doubleValue() == number ? rounded.stripTrailingZeros() : decimal;
  }
}
