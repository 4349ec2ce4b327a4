package dev.edgefleet.remote;

import java.util.Locale;
import java.util.Map;

/** Asks a device what it is. */
public record GatherFacts() implements Operation<Facts> {
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
        reply.number("epoch_seconds"),
        reply.optional("iotedge_version"),
        Facts.Layout.valueOf(reply.value("layout").toUpperCase(Locale.ROOT)),
        reply.value("pretty_name"),
        reply.value("kernel"),
        reply.value("init_system"),
        reply.value("user"),
        reply.flag("sudo"));
  }
}
