package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.TemplateError;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Python's numbers: {@code Long} or, when it does not fit, {@code BigInteger}; {@code Double}. */
public final class Numbers {
  private static final int MOST_BITS = 1 << 20;

  private Numbers() {}

  public static boolean isInteger(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof BigInteger
        || value instanceof Short
        || value instanceof Byte;
  }

  public static boolean isFloat(@Nullable Object value) {
    return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
  }

  /** A truth value is a number too. */
  public static boolean isNumber(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  public static BigInteger big(@Nullable Object value) {
    return switch (value) {
      case BigInteger integer -> integer;
      case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
      case Number number -> BigInteger.valueOf(number.longValue());
      case null, default -> throw new TemplateError("not an integer", "give a whole number");
    };
  }

  public static double real(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth ? 1 : 0;
      case Number number -> number.doubleValue();
      case null, default -> throw new TemplateError("not a number", "give a number");
    };
  }

  public static Object plain(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** Whole numbers from a float, towards zero. */
  public static Object truncated(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new TemplateError(
          PythonText.of(value) + " is not a whole number", "give a finite number");
    }
    return plain(new BigDecimal(value).toBigInteger());
  }

  public static Object add(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) >= 0) {
        return sum;
      }
    }
    return anyFloat(left, right) ? real(left) + real(right) : plain(big(left).add(big(right)));
  }

  public static Object subtract(Object left, Object right) {
    return anyFloat(left, right) ? real(left) - real(right) : plain(big(left).subtract(big(right)));
  }

  public static Object multiply(Object left, Object right) {
    if (anyFloat(left, right)) {
      return real(left) * real(right);
    }
    BigInteger a = big(left);
    BigInteger b = big(right);
    limit((long) a.bitLength() + b.bitLength());
    return plain(a.multiply(b));
  }

  public static Object divide(Object left, Object right) {
    notZero(right);
    return anyFloat(left, right) || bothSmall(left, right)
        ? real(left) / real(right)
        : new BigDecimal(big(left))
            .divide(new BigDecimal(big(right)), java.math.MathContext.DECIMAL128)
            .doubleValue();
  }

  public static Object floorDivide(Object left, Object right) {
    notZero(right);
    if (anyFloat(left, right)) {
      return Math.floor(real(left) / real(right));
    }
    BigInteger[] parts = big(left).divideAndRemainder(big(right));
    boolean below = parts[1].signum() != 0 && parts[1].signum() != big(right).signum();
    return plain(below ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  public static Object modulo(Object left, Object right) {
    notZero(right);
    if (anyFloat(left, right)) {
      double remainder = real(left) % real(right);
      return remainder != 0 && Math.signum(remainder) != Math.signum(real(right))
          ? remainder + real(right)
          : remainder;
    }
    BigInteger remainder = big(left).remainder(big(right));
    return plain(
        remainder.signum() != 0 && remainder.signum() != big(right).signum()
            ? remainder.add(big(right))
            : remainder);
  }

  public static Object power(Object left, Object right) {
    if (anyFloat(left, right) || big(right).signum() < 0) {
      if (real(left) == 0 && real(right) < 0) {
        notZero(left);
      }
      return Math.pow(real(left), real(right));
    }
    BigInteger base = big(left);
    if (base.bitLength() <= 1) {
      return plain(base.pow(big(right).testBit(0) ? 1 : big(right).signum() == 0 ? 0 : 2));
    }
    if (big(right).bitLength() > 31) {
      limit(Long.MAX_VALUE);
    }
    limit((long) base.bitLength() * big(right).intValue());
    return plain(base.pow(big(right).intValue()));
  }

  private static void limit(long bits) {
    if (bits > MOST_BITS) {
      throw new TemplateError("the number is too large to compute", "use smaller numbers");
    }
  }

  private static boolean anyFloat(Object left, Object right) {
    return isFloat(left) || isFloat(right);
  }

  private static boolean bothSmall(Object left, Object right) {
    return big(left).bitLength() <= 53 && big(right).bitLength() <= 53;
  }

  private static void notZero(Object divisor) {
    if (real(divisor) == 0) {
      throw new TemplateError("it divides by zero", "test the divisor first");
    }
  }
}
