package dev.earshot.python;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number as it may stand in Python's source text, without a sign.
///
/// @param end the index behind it
record PythonNumber(Value value, int end) {

  private static final String DIGITS = "[0-9](?:_?[0-9])*+";
  private static final Pattern NUMBER =
      Pattern.compile(
          ("(?<float>(?:D\\.(?:D)?|\\.D)(?:[eE][-+]?D)?|D[eE][-+]?D)"
                  + "|0[xX](?<hex>(?:_?[0-9a-fA-F])++)"
                  + "|0[oO](?<oct>(?:_?[0-7])++)"
                  + "|0[bB](?<bin>(?:_?[01])++)"
                  + "|(?<int>[1-9](?:_?[0-9])*+|0(?:_?0)*+)")
              .replace("D", DIGITS));

  /// The number that starts here. Absent if none does, if letters stick to it, or if it is longer
  /// than Python accepts or writes.
  static Optional<PythonNumber> read(String text, int start) {
    int limit = Math.min(text.length(), start + PythonNumbers.MAX_DIGITS);
    var match = NUMBER.matcher(text).region(start, limit);
    if (!match.lookingAt() || (match.end() < text.length() && sticks(text.charAt(match.end())))) {
      return Optional.empty();
    }
    if (match.group("float") != null) {
      var real = new Value.Real(Double.parseDouble(match.group().replace("_", "")));
      return Optional.of(new PythonNumber(real, match.end()));
    }
    int end = match.end();
    return whole(match.group("hex"), 16)
        .or(() -> whole(match.group("oct"), 8))
        .or(() -> whole(match.group("bin"), 2))
        .or(() -> whole(match.group("int"), 10))
        .filter(PythonNumbers::isWritable)
        .map(whole -> new PythonNumber(new Value.Whole(whole), end));
  }

  private static Optional<BigInteger> whole(@Nullable String digits, int radix) {
    return Optional.ofNullable(digits).map(each -> new BigInteger(each.replace("_", ""), radix));
  }

  private static boolean sticks(char c) {
    return c == '.' || c == '_' || Character.isLetterOrDigit(c);
  }
}
