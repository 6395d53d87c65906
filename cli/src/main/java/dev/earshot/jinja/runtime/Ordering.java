package dev.earshot.jinja.runtime;

import dev.earshot.python.PythonText;
import java.math.BigDecimal;
import java.util.List;

/// `<`, `<=`, `>`, `>=`, and sorting by them: strings by code point, numbers with numbers only.
public final class Ordering {

  private Ordering() {}

  /// Below zero if the left one is smaller.
  public static int compare(Obj left, Obj right) {
    if (left instanceof Obj.Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Obj.Undefined undefined) {
      throw undefined.failure();
    }
    if (left instanceof Obj.Str one && right instanceof Obj.Str other) {
      return PythonText.ORDER.compare(one.text(), other.text());
    }
    boolean alike =
        (left instanceof Obj.Listing && right instanceof Obj.Listing)
            || (left instanceof Obj.Tuple && right instanceof Obj.Tuple);
    if (alike) {
      return compare(((Obj.Items) left).items(), ((Obj.Items) right).items());
    }
    var one = Numbers.real(left);
    var other = Numbers.real(right);
    if (one.isEmpty() || other.isEmpty()) {
      throw new Failure("a %s and a %s have no order".formatted(left.type(), right.type()));
    }
    if (one.get().isNaN() || other.get().isNaN()) {
      throw new Failure("nan has no order");
    }
    return exact(left).compareTo(exact(right));
  }

  private static Exact exact(Obj number) {
    var whole = Numbers.whole(number);
    if (whole.isPresent()) {
      return new Exact(new BigDecimal(whole.get()), 0);
    }
    double real = Numbers.real(number).orElseThrow();
    return Double.isInfinite(real)
        ? new Exact(BigDecimal.ZERO, real > 0 ? 1 : -1)
        : new Exact(new BigDecimal(real), 0);
  }

  /// A number without rounding, infinities included.
  private record Exact(BigDecimal number, int infinity) {
    int compareTo(Exact other) {
      return infinity != other.infinity
          ? Integer.compare(infinity, other.infinity)
          : number.compareTo(other.number);
    }
  }

  private static int compare(List<Obj> left, List<Obj> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!Equality.equal(left.get(i), right.get(i))) {
        return compare(left.get(i), right.get(i));
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
