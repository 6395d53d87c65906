package dev.earshot.jinja.ip;

import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.python.PythonNumbers;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an object says of an address.
///
/// @param isNetwork true if a prefix was given
/// @param given what a query that only chooses returns
record IpValue(IpNetwork network, boolean isNetwork, Obj given) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /// Absent if it says nothing of an address.
  ///
  /// @param version which of both a number is; 0 for any
  static Optional<IpValue> of(Obj object, int version) {
    return switch (object) {
      case Obj.Str(var text, _, _) when DIGITS.matcher(text).matches() ->
          PythonNumbers.parseInt(text).flatMap(number -> ofNumber(number, version));
      case Obj.Str str -> ofText(str);
      case Obj.Int(var number) when number.signum() > 0 -> ofNumber(number, version);
      case Obj.Int _, Obj.Real _, Obj.Bool _, Obj.None _, Obj.Mapping _ -> Optional.empty();
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.Items _, Obj.Date _, Obj.WithAttributes _, Obj.Function _ ->
          throw new Failure("a " + object.type() + " is not supported");
    };
  }

  private static Optional<IpValue> ofNumber(BigInteger number, int version) {
    var family = version != 6 && Family.IPV4.holds(number) ? Family.IPV4 : Family.IPV6;
    return family.holds(number)
        ? Optional.of(written(IpNetwork.alone(family, number), false))
        : Optional.empty();
  }

  private static Optional<IpValue> ofText(Obj.Str str) {
    var text = ascii(str.text());
    int slash = text.indexOf('/');
    boolean one = slash >= 0 && slash == text.lastIndexOf('/');
    var network = IpNetwork.parse(text);
    if (network.isPresent() || !one) {
      return network.map(each -> new IpValue(each, one, str));
    }
    var number = PythonNumbers.parseInt(text.substring(0, slash));
    var prefix = PythonNumbers.parseInt(text.substring(slash + 1));
    return number.isEmpty() || prefix.isEmpty()
        ? Optional.empty()
        : IpNetwork.of(Family.IPV4, number.get(), prefix.get())
            .or(() -> IpNetwork.of(Family.IPV6, number.get(), prefix.get()))
            .map(each -> written(each, true));
  }

  private static IpValue written(IpNetwork network, boolean isNetwork) {
    return new IpValue(network, isNetwork, new Obj.Str(network.text()));
  }

  /// Python reads the digits of other scripts, too.
  static String ascii(String text) {
    boolean foreign =
        text.codePoints()
            .filter(c -> c > 127)
            .anyMatch(c ->
                switch (Character.getType(c)) {
                  case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> true;
                  default -> false;
                });
    if (foreign) {
      throw new Failure("digits other than 0 to 9 are not supported");
    }
    return text;
  }
}
