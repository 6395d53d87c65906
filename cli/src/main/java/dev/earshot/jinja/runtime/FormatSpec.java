package dev.earshot.jinja.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// How one object is to be formatted.
///
/// @param align `<`, `>`, `^`, or `=`, which puts the fill behind the sign
/// @param sign `+`, a blank, or `-` for none in front of what is positive
/// @param precision -1 if none is given
record FormatSpec(
    String fill,
    char align,
    char sign,
    boolean alternate,
    boolean grouped,
    int width,
    int precision,
    char type) {

  static final int MAX = 100_000;

  FormatSpec {
    if (width > MAX || precision > MAX) {
      throw new Failure("a format is too wide");
    }
  }

  String text(String text) {
    int length = text.codePointCount(0, text.length());
    var cut =
        precision < 0 || precision >= length
            ? text
            : text.substring(0, text.offsetByCodePoints(0, precision));
    return padded("", cut);
  }

  String whole(BigInteger number) {
    if (number.bitLength() > 20_000) {
      throw new Failure("a number is too long to be printed");
    }
    var digits =
        switch (type) {
          case 'x' -> number.abs().toString(16);
          case 'X' -> number.abs().toString(16).toUpperCase(Locale.ROOT);
          case 'o' -> number.abs().toString(8);
          case 'b' -> number.abs().toString(2);
          default -> number.abs().toString();
        };
    if (precision > digits.length()) {
      digits = "0".repeat(precision - digits.length()) + digits;
    }
    var prefix = alternate && "xXob".indexOf(type) >= 0 ? "0" + type : "";
    return padded(signOf(number.signum() < 0) + prefix, grouped ? grouped(digits) : digits);
  }

  String real(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return padded(signOf(number < 0), Double.isNaN(number) ? "nan" : "inf");
    }
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    var exact = new BigDecimal(type == '%' ? number * 100 : number).abs();
    int digits = precision < 0 ? 6 : precision;
    var text =
        switch (Character.toLowerCase(type)) {
          case 'f', '%' -> exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
          case 'e' -> scientific(exact, digits);
          case 'g' -> general(exact, Math.max(digits, 1));
          default -> throw new Failure("the format " + type + " is not supported");
        };
    if (grouped) {
      int dot = text.indexOf('.');
      text = dot < 0 ? grouped(text) : grouped(text.substring(0, dot)) + text.substring(dot);
    }
    var cased = Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
    return padded(signOf(negative), type == '%' ? cased + "%" : cased);
  }

  private static String scientific(BigDecimal number, int digits) {
    var rounded = number.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    var mantissa = rounded.movePointLeft(exponent).setScale(digits, RoundingMode.HALF_EVEN);
    return mantissa.toPlainString()
        + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String general(BigDecimal number, int digits) {
    var rounded = number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0) {
      return "0";
    }
    if (exponent >= -4 && exponent < digits) {
      return rounded.stripTrailingZeros().scale() <= 0
          ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
          : rounded.stripTrailingZeros().toPlainString();
    }
    var mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private String signOf(boolean negative) {
    return negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
  }

  private static String grouped(String digits) {
    return digits.replaceAll("(?<=\\d)(?=(?:\\d{3})+$)", ",");
  }

  private String padded(String prefix, String text) {
    int length = prefix.length() + text.codePointCount(0, text.length());
    int missing = Math.max(0, width - length);
    return switch (align) {
      case '<' -> prefix + text + fill.repeat(missing);
      case '=' -> prefix + fill.repeat(missing) + text;
      case '^' -> fill.repeat(missing / 2) + prefix + text + fill.repeat(missing - missing / 2);
      default -> fill.repeat(missing) + prefix + text;
    };
  }
}
