package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import java.util.List;
import java.util.OptionalInt;

/** The devices that one host entry of an inventory stands for, and the port all of them have. */
record HostEntry(List<String> names, OptionalInt port) {
  /**
   * @param text as written: a name, an address, ranges, a port
   * @throws BadInput when a range in it is none
   */
  static HostEntry of(String text) {
    // What is no host name may still be the name of a device: it then has no port.
    return HostAddress.parse(text)
        .map(address -> new HostEntry(HostRange.expand(address.host()), address.port()))
        .orElseGet(() -> new HostEntry(HostRange.expand(text), OptionalInt.empty()));
  }
}
