package dev.edgefleet.inventory;

import java.net.Inet6Address;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host name or address as inventories write it, its port apart: {@code edge01}, {@code
 * edge[01:09]:2222}, {@code 10.0.0.1:22}, {@code fe80::1}, {@code [fe80::1]:22}.
 *
 * @param host may hold ranges
 */
record HostAddress(String host, OptionalInt port) {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
  private static final Pattern BRACKETED = Pattern.compile("\\[(.+)\\]:([0-9]{1,9})");
  private static final Pattern WITH_PORT =
      Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*\\])*):([0-9]{1,9})");
  private static final String RANGE = "\\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\\]";
  private static final String LABEL = "(?:\\w|" + RANGE + ")(?:[\\w-]|" + RANGE + ")*+(?<![_-])";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*", FLAGS);
  private static final Pattern HEX_RANGE =
      Pattern.compile("\\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\\]", FLAGS);

  /** Empty when the text is neither a host name nor an address. */
  static Optional<HostAddress> parse(String text) {
    String host = text;
    OptionalInt port = OptionalInt.empty();
    for (Pattern form : new Pattern[] {BRACKETED, WITH_PORT}) {
      Matcher matcher = form.matcher(host);
      if (matcher.matches()) {
        host = matcher.group(1);
        port = OptionalInt.of(Integer.parseInt(matcher.group(2)));
      }
    }
    return NAME.matcher(host).matches() || isIpv6(host)
        ? Optional.of(new HostAddress(host, port))
        : Optional.empty();
  }

  private static boolean isIpv6(String text) {
    String one = HEX_RANGE.matcher(text).replaceAll("1");
    if (!one.contains(":") || one.contains("%") || one.contains("[")) {
      return false;
    }
    try {
      Inet6Address.ofLiteral(one);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
