package dev.edgefleet.cli.inventory;

import dev.edgefleet.inventory.Device;
import java.util.Objects;
import java.util.Optional;

/** Where a device is reached, as the inventory has it: expressions are not evaluated. */
final class DeviceAddress {
  private DeviceAddress() {}

  /** {@code 10.0.0.1}, {@code [fe80::1]:2222}, {@code local}. */
  static String of(Device device) {
    if (text(device, "ansible_connection").filter("local"::equals).isPresent()) {
      return "local";
    }
    String host =
        text(device, "ansible_ssh_host")
            .or(() -> text(device, "ansible_host"))
            .orElse(device.name());
    return text(device, "ansible_ssh_port")
        .or(() -> text(device, "ansible_port"))
        .filter(port -> !port.equals("22"))
        .map(port -> (isIpv6(host) ? "[" + host + "]" : host) + ":" + port)
        .orElse(host);
  }

  private static boolean isIpv6(String host) {
    return host.contains(":") && !host.contains("{{");
  }

  private static Optional<String> text(Device device, String variable) {
    return Optional.ofNullable(device.variables().get(variable)).map(Objects::toString);
  }
}
