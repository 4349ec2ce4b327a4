package dev.edgefleet.remote.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Permission bits as chmod's words, such as {@code u=rw,g=r,o=} or {@code a+X}, with Ansible's
 * meaning: {@code X} and copies such as {@code g=u} look at the bits that were there before the
 * first word.
 */
public final class SymbolicMode {
  private static final int EXECUTABLE = 0111;
  private static final int ALL = 07777;
  // The device's own is known there alone; this is what nearly all have.
  private static final int COMMON_UMASK = 022;

  private final List<Step> steps = new ArrayList<>();

  /**
   * One operator for one of user, group and others.
   *
   * @param shift of their three bits: 6, 3 or 0
   * @param fixed bits that are asked for whatever was there
   * @param masked those that are asked for unless the umask has them
   * @param search whether X is asked for
   * @param copied shifts of those whose three bits are asked for
   */
  private record Step(
      char operator, int shift, int fixed, int masked, boolean search, List<Integer> copied) {
    /** What = takes away first. */
    int own() {
      int special = shift == 6 ? 04000 : shift == 3 ? 02000 : 01000;
      return (7 << shift) | special;
    }
  }

  private SymbolicMode(String text) {
    for (String clause : text.split(",", -1)) {
      int end = 0;
      while (end < clause.length() && "ugoa".indexOf(clause.charAt(end)) >= 0) {
        end++;
      }
      String who = clause.substring(0, end);
      for (int at = end; at < clause.length(); ) {
        char operator = clause.charAt(at);
        int next = at + 1;
        while (next < clause.length() && "+-=".indexOf(clause.charAt(next)) < 0) {
          next++;
        }
        String bits = clause.substring(at + 1, next);
        for (char one : (who.isEmpty() || who.equals("a") ? "ugo" : who).toCharArray()) {
          steps.add(step(operator, shift(one), bits, who.isEmpty()));
        }
        at = next;
      }
    }
  }

  /** Whether a mode is none of octal digits. */
  public static boolean isSymbolic(String mode) {
    return !mode.isEmpty() && !Character.isDigit(mode.charAt(0));
  }

  /**
   * @param text one whose form was checked
   */
  public static SymbolicMode of(String text) {
    return new SymbolicMode(text);
  }

  private static Step step(char operator, int shift, String bits, boolean umask) {
    int plain = 0;
    int special = 0;
    boolean search = false;
    List<Integer> copied = new ArrayList<>();
    for (int i = 0; i < bits.length(); i++) {
      char bit = bits.charAt(i);
      switch (bit) {
        case 'r' -> plain |= 4 << shift;
        case 'w' -> plain |= 2 << shift;
        case 'x' -> plain |= 1 << shift;
        case 'X' -> search = true;
        case 's' -> special |= shift == 6 ? 04000 : shift == 3 ? 02000 : 0;
        case 't' -> special |= shift == 0 ? 01000 : 0;
        default -> copied.add(shift(bit));
      }
    }
    return new Step(
        operator, shift, umask ? special : special | plain, umask ? plain : 0, search, copied);
  }

  private static int shift(char who) {
    return who == 'u' ? 6 : who == 'g' ? 3 : 0;
  }

  /** Whether what it makes hangs on the umask: a word says not whose bits it means. */
  public boolean needsUmask() {
    return steps.stream().anyMatch(step -> step.masked() != 0);
  }

  /**
   * What it makes of bits that are there, under the umask that nearly all devices have.
   *
   * @param present four octal digits
   * @return four octal digits
   */
  public String on(String present, boolean directory) {
    int before = Integer.parseInt(present, 8);
    boolean search = directory || (before & EXECUTABLE) != 0;
    int bits = before;
    for (Step step : steps) {
      int value = step.fixed() | (step.masked() & ~COMMON_UMASK);
      value |= step.search() && search ? 1 << step.shift() : 0;
      for (int from : step.copied()) {
        value |= ((before >> from) & 7) << step.shift();
      }
      bits =
          switch (step.operator()) {
            case '+' -> bits | value;
            case '-' -> bits & ~value;
            default -> (bits & ~step.own()) | value;
          };
    }
    return String.format(Locale.ROOT, "%04o", bits & ALL);
  }

  /**
   * The same as an arithmetic expression of a shell, for the device: {@code m} are the bits that
   * are there, {@code d} is 1 where X means x and else 0, {@code k} are the bits that the umask
   * leaves.
   */
  String sum() {
    String sum = "m";
    for (Step step : steps) {
      List<String> values = new ArrayList<>();
      if (step.fixed() != 0) {
        values.add(String.valueOf(step.fixed()));
      }
      if (step.masked() != 0) {
        values.add("(" + step.masked() + "&k)");
      }
      if (step.search()) {
        values.add("(d*" + (1 << step.shift()) + ")");
      }
      for (int from : step.copied()) {
        values.add("((m>>" + from + "&7)<<" + step.shift() + ")");
      }
      String value = values.isEmpty() ? "0" : "(" + String.join("|", values) + ")";
      sum =
          switch (step.operator()) {
            case '+' -> "(" + sum + "|" + value + ")";
            case '-' -> "(" + sum + "&~" + value + ")";
            default -> "((" + sum + "&~" + step.own() + ")|" + value + ")";
          };
    }
    return sum;
  }
}
