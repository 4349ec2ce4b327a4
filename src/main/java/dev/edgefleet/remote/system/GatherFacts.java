package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a device what it is. */
public record GatherFacts() implements Operation<Facts> {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

  @Override
  public String script() {
    return "facts";
  }

  @Override
  public String purpose() {
    return "gather facts";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public Facts result(Reply reply) {
    return new Facts(
        reply.value("system"),
        reply.value("version"),
        reply.value("architecture"),
        reply.value("hostname"),
        reply.optional("iotedge_version"),
        Facts.Layout.valueOf(reply.value("layout").toUpperCase(Locale.ROOT)),
        reply.optional("config"),
        reply.value("kernel"),
        reply.value("init_system"),
        reply.value("service_manager"),
        reply.optional("package_manager"),
        new Facts.User(
            reply.value("user"),
            reply.number("uid"),
            reply.number("gid"),
            reply.value("home"),
            reply.value("search_path")),
        reply.flag("sudo"),
        new Facts.Release(
            reply.value("system_like"),
            reply.value("distribution"),
            reply.value("codename"),
            reply.value("pretty_name"),
            reply.optional("debian_version")),
        new Facts.Names(reply.value("fqdn"), reply.optional("machine_id")),
        new Facts.Hardware(
            reply.number("memory_kb"),
            Math.toIntExact(reply.number("cpus")),
            Duration.ofSeconds(reply.number("uptime"))),
        new Facts.Network(
            words(reply.value("ipv4")),
            words(reply.value("ipv6")),
            reply.optional("default_interface"),
            reply.optional("default_gateway"),
            reply.optional("default_address")),
        mounts(reply),
        new Facts.Security(reply.value("selinux"), reply.value("apparmor")),
        reply
            .optional("engine")
            .map(
                name ->
                    new Facts.ContainerEngine(
                        name, reply.value("engine_version"), reply.optional("engine_socket"))),
        clock(reply));
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static List<Facts.Mount> mounts(Reply reply) {
    List<Facts.Mount> mounts = new ArrayList<>();
    for (int i = 1; reply.optional("mount" + i).isPresent(); i++) {
      String[] words = reply.value("mount" + i).split(" ", 7);
      long block = Long.parseLong(words[3]);
      Facts.Mount mount =
          new Facts.Mount(
              words[6],
              words[0],
              words[1],
              words[2],
              block * Long.parseLong(words[4]),
              block * Long.parseLong(words[5]));
      // Of two at one place the later one hides the other.
      mounts.removeIf(other -> other.mount().equals(mount.mount()));
      mounts.add(mount);
    }
    return List.copyOf(mounts);
  }

  /**
   * The device read its clock twice between the request and the answer, so the skew lies between
   * the second reading and the answer's arrival and between the first and the request's departure.
   */
  private static Facts.Clock clock(Reply reply) {
    Instant began = instant(reply.value("began"));
    Instant answered = instant(reply.value("answered"));
    Duration resolution =
        reply.value("began").indexOf('.') < 0 ? Duration.ofSeconds(1) : Duration.ZERO;
    Duration least = Duration.between(reply.answered(), answered);
    Duration most = Duration.between(reply.sent(), began).plus(resolution);
    return new Facts.Clock(
        answered,
        reply.value("zone"),
        reply.value("offset"),
        least.plus(most).dividedBy(2),
        most.minus(least).dividedBy(2).abs());
  }

  private static Instant instant(String seconds) {
    // Any more digits, or an exponent, would be nobody's time, and may take for ever to count.
    if (!SECONDS.matcher(seconds).matches()) {
      throw new IllegalStateException("a time that is none");
    }
    BigDecimal value = new BigDecimal(seconds);
    return Instant.ofEpochSecond(
        value.longValue(), value.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }
}
