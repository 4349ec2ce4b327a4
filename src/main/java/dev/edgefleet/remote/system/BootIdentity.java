package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;

/** Asks which start of its kernel or container a device is at: another after each reboot. */
public record BootIdentity() implements Operation<BootIdentity.Boot> {
  /**
   * One start of a device.
   *
   * @param id the kernel's boot id, such as {@code 5f3a3f9c-...}
   */
  public record Boot(String id) {}

  @Override
  public String script() {
    return "boot-identity";
  }

  @Override
  public String purpose() {
    return "see when it was started";
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
  public Boot result(Reply reply) {
    return new Boot(reply.value("boot_id"));
  }
}
