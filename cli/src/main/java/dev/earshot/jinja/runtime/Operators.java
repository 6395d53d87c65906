package dev.earshot.jinja.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// `+ - * / // % **`, `~`, `in`, and the signs.
public final class Operators {

  private final Budget budget;

  public Operators(Budget budget) {
    this.budget = budget;
  }

  public Obj apply(String operator, Obj left, Obj right) {
    if (left instanceof Obj.Undefined undefined) {
      throw undefined.failure();
    }
    if (operator.equals("%") && left instanceof Obj.Str str) {
      return new Obj.Str(PercentFormat.format(str.text(), right, budget));
    }
    if (right instanceof Obj.Undefined undefined) {
      throw undefined.failure();
    }
    if (operator.equals("+") && isSequence(left) && left.getClass() == right.getClass()) {
      return joined(left, right);
    }
    if (operator.equals("*") && isSequence(left) && Numbers.whole(right).isPresent()) {
      return repeated(left, Numbers.index(right));
    }
    if (operator.equals("*") && isSequence(right) && Numbers.whole(left).isPresent()) {
      return repeated(right, Numbers.index(left));
    }
    var whole = Numbers.whole(left);
    var otherWhole = Numbers.whole(right);
    if (whole.isPresent() && otherWhole.isPresent()) {
      return Arithmetic.whole(operator, whole.get(), otherWhole.get());
    }
    var real = Numbers.real(left);
    var otherReal = Numbers.real(right);
    if (real.isEmpty() || otherReal.isEmpty()) {
      throw new Failure(
          "%s can't be applied to a %s and a %s".formatted(operator, left.type(), right.type()));
    }
    return Arithmetic.real(operator, real.get(), otherReal.get());
  }

  private static boolean isSequence(Obj object) {
    return object instanceof Obj.Str
        || object instanceof Obj.Listing
        || object instanceof Obj.Tuple;
  }

  private Obj joined(Obj left, Obj right) {
    return switch (left) {
      case Obj.Str str -> new Obj.Str(concatenate(List.of(str, right)));
      case Obj.Listing(var items) -> new Obj.Listing(joined(items, ((Obj.Listing) right).items()));
      case Obj.Items items -> new Obj.Tuple(joined(items.items(), ((Obj.Tuple) right).items()));
      default -> throw new Failure("+ can't be applied to a " + left.type());
    };
  }

  private List<Obj> joined(List<Obj> left, List<Obj> right) {
    budget.steps(left.size() + (long) right.size());
    var items = new ArrayList<>(left);
    items.addAll(right);
    return items;
  }

  private Obj repeated(Obj sequence, int count) {
    int times = Math.max(count, 0);
    return switch (sequence) {
      case Obj.Str str -> {
        budget.characters((long) str.text().length() * times);
        yield new Obj.Str(str.text().repeat(times));
      }
      case Obj.Listing(var items) -> new Obj.Listing(repeated(items, times));
      case Obj.Items items -> new Obj.Tuple(repeated(items.items(), times));
      default -> throw new Failure("* can't be applied to a " + sequence.type());
    };
  }

  private List<Obj> repeated(List<Obj> items, int times) {
    budget.steps((long) items.size() * times);
    var result = new ArrayList<Obj>();
    Collections.nCopies(items.isEmpty() ? 0 : times, items).forEach(result::addAll);
    return result;
  }

  /// `~` of all of them.
  public String concatenate(List<Obj> parts) {
    var out = new StringBuilder();
    for (var part : parts) {
      var text = Text.str(part, budget);
      budget.characters(text.length());
      out.append(text);
    }
    return out.toString();
  }

  public Obj signed(boolean negative, Obj operand) {
    var whole = Numbers.whole(operand);
    if (whole.isPresent()) {
      return new Obj.Int(negative ? whole.get().negate() : whole.get());
    }
    double real =
        Numbers.real(operand)
            .orElseThrow(() -> new Failure("a " + operand.type() + " can't have a sign"));
    return new Obj.Real(negative ? -real : real);
  }

  /// `sought in container`
  public boolean contains(Obj container, Obj sought) {
    return switch (container) {
      case Obj.Str str -> {
        if (sought instanceof Obj.Undefined undefined) {
          throw undefined.failure();
        }
        if (!(sought instanceof Obj.Str part)) {
          throw new Failure("only a string can be in a string, not a " + sought.type());
        }
        yield str.text().contains(part.text());
      }
      case Obj.Range range -> Numbers.real(sought).isPresent() && contains(range.items(), sought);
      case Obj.Items items -> contains(items.items(), sought);
      case Obj.Mapping mapping -> mapping.get(sought).isPresent();
      case Obj.Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("nothing can be in a " + container.type());
    };
  }

  private boolean contains(List<Obj> items, Obj sought) {
    budget.steps(items.size());
    return Equality.contains(items, sought);
  }

  public boolean compare(String operator, Obj left, Obj right) {
    return switch (operator) {
      case "==" -> Equality.equal(left, right);
      case "!=" -> !Equality.equal(left, right);
      case "<" -> Ordering.compare(left, right) < 0;
      case "<=" -> Ordering.compare(left, right) <= 0;
      case ">" -> Ordering.compare(left, right) > 0;
      case ">=" -> Ordering.compare(left, right) >= 0;
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      default -> throw new Failure("the operator " + operator + " is not supported");
    };
  }

  static BigInteger power(BigInteger base, int exponent) {
    if ((long) base.bitLength() * exponent > 200_000) {
      throw new Failure("a power is too large");
    }
    return base.pow(exponent);
  }
}
