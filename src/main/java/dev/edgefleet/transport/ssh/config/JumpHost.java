package dev.edgefleet.transport.ssh.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host on the way, as ProxyJump names it.
 *
 * @param name as in {@code ssh NAME}: what the configuration says of it holds too
 * @param user wins over the configuration
 * @param port wins over the configuration
 */
public record JumpHost(String name, Optional<String> user, Optional<Integer> port) {
  private static final Pattern HOP =
      Pattern.compile(
          "(?:ssh://)?(?:(?<user>.+)@)?(?:\\[(?<literal>[^\\]]+)\\]|(?<name>[^:\\[\\]@]+))(?::(?<port>\\d+))?/?");

  /** Reads {@code [user@]host[:port],…}, the nearest first. */
  static List<JumpHost> list(String text, Source source) {
    List<JumpHost> hops = new ArrayList<>();
    for (String hop : text.split(",", -1)) {
      Matcher parts = HOP.matcher(hop.strip());
      if (!parts.matches()) {
        throw source.error(
            "ProxyJump names '" + hop + "'", "write [user@]host[:port], hops apart by commas");
      }
      String literal = parts.group("literal");
      hops.add(
          new JumpHost(
              literal == null ? parts.group("name") : literal,
              Optional.ofNullable(parts.group("user")),
              Optional.ofNullable(parts.group("port")).map(port -> Values.port(port, source))));
    }
    return hops;
  }

  /** {@code [user@]host[:port]}. */
  @Override
  public String toString() {
    String shown = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    return user.map(u -> u + "@").orElse("") + shown + port.map(p -> ":" + p).orElse("");
  }
}
