package dev.edgefleet.jinja.syntax;

/** What a backslash means in a quoted text between {@code {{} and {@code }}}. */
public enum Backslashes {
  /** Itself, but before a quote: so a playbook's YAML is the only one to take backslashes out. */
  KEEP,
  /** Python's escapes, as in template files, statements and bare conditions. */
  ESCAPE;

  public String value(String written, char quote) {
    if (written.indexOf('\\') < 0) {
      return written;
    }
    return switch (this) {
      case KEEP -> written.replace("\\" + quote, String.valueOf(quote));
      case ESCAPE -> unescaped(written);
    };
  }

  private static String unescaped(String written) {
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i);
      if (c != '\\' || i + 1 == written.length()) {
        result.append(c);
        i++;
        continue;
      }
      char escape = written.charAt(i + 1);
      int digits =
          switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      if (digits > 0) {
        result.appendCodePoint(codePoint(written, i + 2, digits));
        i += 2 + digits;
        continue;
      }
      if (escape >= '0' && escape <= '7') {
        int end = i + 1;
        while (end < written.length()
            && end < i + 4
            && "01234567".indexOf(written.charAt(end)) >= 0) {
          end++;
        }
        result.append((char) Integer.parseInt(written.substring(i + 1, end), 8));
        i = end;
        continue;
      }
      result.append(simple(escape));
      i += 2;
    }
    return result.toString();
  }

  private static int codePoint(String written, int from, int digits) {
    try {
      return Integer.parseInt(written.substring(from, from + digits), 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new SyntaxError(
          "'" + written + "' holds an escape without its " + digits + " digits", 0);
    }
  }

  private static String simple(char escape) {
    return switch (escape) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'a' -> "\u0007";
      case 'v' -> "\u000b";
      case '\n' -> "";
      case '\\', '\'', '"' -> String.valueOf(escape);
      default -> "\\" + escape;
    };
  }
}
