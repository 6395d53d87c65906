package dev.earshot.jinja.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// `==` and hashing, by which `1`, `1.0` and `True` are equal.
public final class Equality {

  private record TupleKey(List<Object> items) {}

  private Equality() {}

  public static boolean equal(Obj left, Obj right) {
    return switch (left) {
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.Listing list -> right instanceof Obj.Listing other && equal(list, other);
      case Obj.Tuple tuple -> right instanceof Obj.Tuple other && equal(tuple, other);
      case Obj.Range range -> right instanceof Obj.Range other && equal(range, other);
      case Obj.Mapping mapping -> right instanceof Obj.Mapping other && equal(mapping, other);
      case Obj.View _ ->
          throw new Failure("keys(), values() and items() can't be compared; use |list");
      case Obj.Str _, Obj.Int _, Obj.Real _, Obj.Bool _, Obj.None _, Obj.Date _ ->
          switch (right) {
            case Obj.Undefined undefined -> throw undefined.failure();
            case Obj.Str _, Obj.Int _, Obj.Real _, Obj.Bool _, Obj.None _, Obj.Date _ ->
                !isNan(left) && hashKey(left).equals(hashKey(right));
            default -> false;
          };
      case Obj.Function _, Obj.WithAttributes _ -> left.equals(right);
    };
  }

  private static boolean isNan(Obj object) {
    return object instanceof Obj.Real real && Double.isNaN(real.number());
  }

  private static boolean equal(Obj.Items left, Obj.Items right) {
    if (left.items().size() != right.items().size()) {
      return false;
    }
    var others = right.items().iterator();
    for (var item : left.items()) {
      if (!equal(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Obj.Mapping left, Obj.Mapping right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var key : left.keys()) {
      var other = right.get(key);
      if (other.isEmpty() || !equal(left.get(key).orElseThrow(), other.get())) {
        return false;
      }
    }
    return true;
  }

  /// True if the items have one that equals an object.
  public static boolean contains(List<Obj> items, Obj sought) {
    for (var item : items) {
      if (equal(item, sought)) {
        return true;
      }
    }
    return false;
  }

  public static boolean isHashable(Obj object) {
    return switch (object) {
      case Obj.Listing _, Obj.Mapping _, Obj.View _ -> false;
      case Obj.Tuple tuple -> tuple.items().stream().allMatch(Equality::isHashable);
      default -> true;
    };
  }

  /// An object of Java that is equal for equal objects of Python.
  public static Object hashKey(Obj object) {
    return switch (object) {
      case Obj.Str str -> str.text();
      case Obj.Int(var number) -> number;
      case Obj.Bool bool -> bool.truth() ? BigInteger.ONE : BigInteger.ZERO;
      case Obj.Real(var number) -> realKey(number);
      case Obj.None none -> none;
      case Obj.Date date -> date;
      case Obj.Tuple(var items) -> new TupleKey(items.stream().map(Equality::hashKey).toList());
      case Obj.Undefined undefined -> throw undefined.failure();
      case Obj.Listing _,
          Obj.Mapping _,
          Obj.View _,
          Obj.Range _,
          Obj.Function _,
          Obj.WithAttributes _ ->
          throw new Failure("a " + object.type() + " can't be a key or the item of a set");
    };
  }

  private static Object realKey(double number) {
    if (Double.isInfinite(number) || number != Math.rint(number)) {
      return number;
    }
    return new BigDecimal(number).toBigInteger();
  }
}
