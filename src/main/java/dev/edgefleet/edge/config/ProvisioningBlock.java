package dev.edgefleet.edge.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of one provisioning section, in force or commented out.
 *
 * @param first index of its {@code provisioning:} line
 * @param end index after its last line
 * @param headerActive whether its {@code provisioning:} line is in force
 * @param anyActive whether any of its lines is
 * @param active keys that are in force, with their value as far as it stands on the same line
 * @param commented keys that are commented out
 */
record ProvisioningBlock(
    int first,
    int end,
    boolean headerActive,
    boolean anyActive,
    Map<ProvisioningKey, String> active,
    Map<ProvisioningKey, String> commented) {

  static ProvisioningBlock of(List<Line> lines, int first, int end) {
    Map<ProvisioningKey, String> active = new EnumMap<>(ProvisioningKey.class);
    Map<ProvisioningKey, String> commented = new EnumMap<>(ProvisioningKey.class);
    boolean anyActive = false;
    for (int i = first; i < end; i++) {
      anyActive |= lines.get(i).active();
      KeyLine.parse(lines.get(i).text())
          .ifPresent(
              line ->
                  ProvisioningKey.of(line.name())
                      .ifPresent(
                          key ->
                              (line.commented() ? commented : active).put(key, line.plainValue())));
    }
    return new ProvisioningBlock(
        first, end, lines.get(first).active(), anyActive, active, commented);
  }

  /** A manual X.509 section by what is in force in it. */
  boolean activeX509() {
    return headerActive && manualX509(active);
  }

  /** A manual X.509 section all of which is commented out. */
  boolean commentedX509() {
    return !anyActive && manualX509(commented);
  }

  /** A manual X.509 section that somebody began to uncomment. */
  boolean halfX509() {
    Map<ProvisioningKey, String> all = new EnumMap<>(ProvisioningKey.class);
    all.putAll(commented);
    all.putAll(active);
    return anyActive && !activeX509() && manualX509(all);
  }

  boolean commentedDps() {
    return !anyActive && "dps".equals(commented.get(ProvisioningKey.SOURCE));
  }

  /** In force as the templates before 1.0.7 have it: without attestation. */
  boolean oldDps() {
    return anyActive
        && "dps".equals(active.get(ProvisioningKey.SOURCE))
        && active.containsKey(ProvisioningKey.REGISTRATION_ID)
        && !active.containsKey(ProvisioningKey.ATTESTATION);
  }

  // DPS has a method x509 too: there it stands under attestation.
  private static boolean manualX509(Map<ProvisioningKey, String> keys) {
    return keys.containsKey(ProvisioningKey.AUTHENTICATION)
        && "x509".equals(keys.get(ProvisioningKey.METHOD))
        && keys.getOrDefault(ProvisioningKey.SOURCE, "manual").equals("manual");
  }
}
