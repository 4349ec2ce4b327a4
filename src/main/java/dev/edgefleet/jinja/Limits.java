package dev.edgefleet.jinja;

import java.math.BigInteger;
import java.util.function.Supplier;

/** How much one evaluation may make: beyond it an expression is a mistake, or an attack. */
public final class Limits {
  /** In UTF-16 characters. */
  static final int LONGEST_TEXT = 64 << 20;

  private static final int MOST_ITEMS = 8 << 20;

  private Limits() {}

  public static String text(long length, Supplier<String> text) {
    text(length);
    return text.get();
  }

  public static void text(long length) {
    if (length > LONGEST_TEXT) {
      throw new TemplateError("it makes a text of more than 64 MB", "make less");
    }
  }

  public static void items(long count) {
    if (count > MOST_ITEMS) {
      throw new TemplateError("it makes a list of more than " + MOST_ITEMS + " items", "make less");
    }
  }

  /** A count of repetitions; negative ones are none. */
  static int count(BigInteger times) {
    if (times.signum() <= 0) {
      return 0;
    }
    if (times.bitLength() > 31) {
      throw new TemplateError("it repeats something " + times + " times", "make less");
    }
    return times.intValue();
  }
}
