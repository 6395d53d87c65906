package dev.earshot.jinja.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Python's arithmetic: `//` rounds down, `%` has the sign of the divisor, `/` of integers is a
/// float.
final class Arithmetic {

  private Arithmetic() {}

  static Obj whole(String operator, BigInteger left, BigInteger right) {
    return switch (operator) {
      case "+" -> new Obj.Int(left.add(right));
      case "-" -> new Obj.Int(left.subtract(right));
      case "*" -> new Obj.Int(left.multiply(right));
      case "/" -> new Obj.Real(quotient(left, nonZero(right)));
      case "//" -> new Obj.Int(floorDivide(left, nonZero(right)));
      case "%" -> new Obj.Int(left.subtract(floorDivide(left, nonZero(right)).multiply(right)));
      case "**" -> power(left, right);
      default -> throw unknown(operator);
    };
  }

  private static BigInteger nonZero(BigInteger divisor) {
    if (divisor.signum() == 0) {
      throw new Failure("division by zero");
    }
    return divisor;
  }

  private static double quotient(BigInteger left, BigInteger right) {
    if (left.bitLength() <= 53 && right.bitLength() <= 53) {
      return left.doubleValue() / right.doubleValue();
    }
    var exact =
        new BigDecimal(left)
            .divide(new BigDecimal(right), new MathContext(800, RoundingMode.HALF_EVEN));
    if (Double.isInfinite(exact.doubleValue())) {
      throw new Failure("an integer is too large for a float");
    }
    return exact.doubleValue();
  }

  private static BigInteger floorDivide(BigInteger left, BigInteger right) {
    var parts = left.divideAndRemainder(right);
    boolean down = parts[1].signum() != 0 && parts[1].signum() != right.signum();
    return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static Obj power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() < 0) {
      return real("**", Numbers.toDouble(base), Numbers.toDouble(exponent));
    }
    if (base.abs().compareTo(BigInteger.ONE) <= 0) {
      boolean odd = exponent.testBit(0);
      return new Obj.Int(exponent.signum() == 0 ? BigInteger.ONE : odd ? base : base.abs());
    }
    return new Obj.Int(Operators.power(base, Numbers.index(new Obj.Int(exponent))));
  }

  static Obj real(String operator, double left, double right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && right == 0) {
      throw new Failure("division by zero");
    }
    return new Obj.Real(
        switch (operator) {
          case "+" -> left + right;
          case "-" -> left - right;
          case "*" -> left * right;
          case "/" -> left / right;
          case "//" -> floorDivide(left, right);
          case "%" -> modulo(left, right);
          case "**" -> power(left, right);
          default -> throw unknown(operator);
        });
  }

  private static double modulo(double left, double right) {
    double rest = left % right;
    if (rest == 0) {
      return Math.copySign(0, right);
    }
    return (rest < 0) == (right < 0) ? rest : rest + right;
  }

  private static double floorDivide(double left, double right) {
    double quotient = (left - modulo(left, right)) / right;
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new Failure("zero can't have a negative power");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw new Failure("a root of a negative number is not supported");
    }
    double result = Math.pow(base, exponent);
    if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new Failure("a power is too large");
    }
    return result;
  }

  private static Failure unknown(String operator) {
    return new Failure("the operator " + operator + " is not supported");
  }
}
