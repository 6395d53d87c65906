package dev.earshot.jinja.filter;

import dev.earshot.jinja.runtime.Arguments;
import dev.earshot.jinja.runtime.Failure;
import dev.earshot.jinja.runtime.Numbers;
import dev.earshot.jinja.runtime.Obj;
import dev.earshot.jinja.runtime.Ordering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `is version('1.2', '>=')`, with the loose rules and the strict ones.
final class VersionTest {

  private static final Pattern COMPONENT = Pattern.compile("([0-9]+)|([a-z]+)|(\\.)");
  private static final Pattern STRICT =
      Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?(?:([ab])([0-9]+))?");

  private VersionTest() {}

  static boolean holds(Obj value, Arguments arguments, Environment env) {
    var version = arguments.need("version");
    var operator = arguments.takeText("operator", "eq");
    var strict = arguments.take("strict", Obj.None.NONE);
    var type = arguments.take("version_type", Obj.None.NONE);
    if (!Numbers.isTrue(value) || !Numbers.isTrue(version)) {
      throw new Failure("a version is empty");
    }
    boolean byRules = Numbers.isTrue(strict);
    if (!(type instanceof Obj.None)) {
      var name = Environment.text(type);
      if (!(strict instanceof Obj.None) || (!name.equals("loose") && !name.equals("strict"))) {
        throw new Failure("this version_type is not supported");
      }
      byRules = name.equals("strict");
    }
    var left = env.str(value);
    var right = env.str(version);
    int order =
        Ordering.compare(
            byRules ? strict(left) : loose(left), byRules ? strict(right) : loose(right));
    return switch (operator) {
      case "==", "=", "eq" -> order == 0;
      case "!=", "<>", "ne" -> order != 0;
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case ">", "gt" -> order > 0;
      case ">=", "ge" -> order >= 0;
      default -> throw new Failure("a version can't be compared by " + operator);
    };
  }

  private static Obj loose(String version) {
    var parts = new ArrayList<Obj>();
    var match = COMPONENT.matcher(version);
    int at = 0;
    while (at <= version.length()) {
      boolean found = match.find(at);
      int end = found ? match.start() : version.length();
      if (end > at) {
        parts.add(new Obj.Str(version.substring(at, end)));
      }
      if (!found) {
        break;
      }
      if (match.group(1) != null) {
        parts.add(new Obj.Int(new BigInteger(match.group(1))));
      } else if (match.group(2) != null) {
        parts.add(new Obj.Str(match.group(2)));
      }
      at = match.end();
    }
    return new Obj.Listing(parts);
  }

  private static Obj strict(String version) {
    var match = STRICT.matcher(version);
    if (!match.matches()) {
      throw new Failure("a version is not a strict one");
    }
    return new Obj.Listing(
        List.of(
            number(match.group(1)),
            number(match.group(2)),
            number(match.group(3) == null ? "0" : match.group(3)),
            // A final version is later than its alphas and betas.
            new Obj.Str(match.group(4) == null ? "c" : match.group(4)),
            number(match.group(5) == null ? "0" : match.group(5))));
  }

  private static Obj number(String digits) {
    return new Obj.Int(new BigInteger(digits));
  }
}
