package dev.earshot.inventory;

import dev.earshot.python.PythonNumbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Expands `db[01:10:3]-[a:c]` into host names, the leftmost range slowest.
final class HostRange {

  /// The range can't be expanded; the message says why, without naming the host.
  static final class Malformed extends Exception {
    Malformed(String message) {
      super(message);
    }
  }

  /// Names that all ranges of one reading may make together: far above any fleet, far below what
  /// `[0:99999999]` would do to memory.
  static final int BUDGET = 250_000;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private int left = BUDGET;

  List<String> expand(String pattern) throws Malformed {
    var names = new ArrayList<String>();
    expand(pattern, names);
    return names;
  }

  private void expand(String pattern, List<String> names) throws Malformed {
    int open = pattern.indexOf('[');
    if (open < 0) {
      if (--left < 0) {
        throw new Malformed("the ranges make more than %,d hosts".formatted(BUDGET));
      }
      names.add(pattern);
      return;
    }
    int close = pattern.indexOf(']');
    if (open == 0 && close < 0) {
      throw new Malformed("the header of a section ends with ]");
    }
    if (close < open || pattern.contains("|")) {
      throw new Malformed("a range must be closed, and no | may be in the name");
    }
    var head = pattern.substring(0, open);
    var tail = pattern.substring(close + 1);
    for (var item : items(pattern.substring(open + 1, close))) {
      expand(head + item + tail, names);
    }
  }

  private List<String> items(String range) throws Malformed {
    var bounds = range.split(":", -1);
    if (bounds.length != 2 && bounds.length != 3) {
      throw new Malformed("a range must be begin:end or begin:end:step");
    }
    var begin = bounds[0].isEmpty() ? "0" : bounds[0];
    var end = bounds[1];
    if (end.isEmpty()) {
      throw new Malformed("a range must say where it ends");
    }
    UnaryOperator<String> fill = text -> text;
    if (begin.startsWith("0") && begin.length() > 1) {
      if (begin.length() != end.length()) {
        throw new Malformed("a range that begins with 0 must end with a number of the same length");
      }
      fill = text -> zeroFilled(text, begin.length());
    }
    var step = bounds.length == 3 ? bounds[2] : "1";
    return values(begin, end, step).stream().map(fill).toList();
  }

  private List<String> values(String begin, String end, String step) throws Malformed {
    int first = LETTERS.indexOf(begin);
    int last = LETTERS.indexOf(end);
    if (first >= 0 && last >= 0) {
      if (first > last) {
        throw new Malformed("a range of letters must not run backwards");
      }
      return numbers(BigInteger.valueOf(first), BigInteger.valueOf(last), number(step)).stream()
          .map(index -> LETTERS.substring(index.intValue(), index.intValue() + 1))
          .toList();
    }
    return numbers(number(begin), number(end), number(step)).stream()
        .map(BigInteger::toString)
        .toList();
  }

  private List<BigInteger> numbers(BigInteger begin, BigInteger end, BigInteger step)
      throws Malformed {
    if (step.signum() == 0) {
      throw new Malformed("a range's step must not be 0");
    }
    var behind = end.add(BigInteger.ONE);
    var numbers = new ArrayList<BigInteger>();
    for (var number = begin;
        step.signum() > 0 ? number.compareTo(behind) < 0 : number.compareTo(behind) > 0;
        number = number.add(step)) {
      if (numbers.size() > left) {
        throw new Malformed("the ranges make more than %,d hosts".formatted(BUDGET));
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static BigInteger number(String text) throws Malformed {
    Optional<BigInteger> number = PythonNumbers.parseInt(text);
    return number.orElseThrow(
        () -> new Malformed("a range must run between two numbers or two letters"));
  }

  private static String zeroFilled(String text, int length) {
    var sign = text.startsWith("-") ? "-" : "";
    var digits = text.substring(sign.length());
    return sign + "0".repeat(Math.max(0, length - text.length())) + digits;
  }
}
