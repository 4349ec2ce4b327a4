package dev.edgefleet.edge;

import dev.edgefleet.edge.windows.WindowsDirectories;

/**
 * Where an identity is on a device.
 *
 * @param certificate path of the certificate, with its chain if there is one
 * @param privateKey path of its key
 */
public record DeviceIdentityFiles(String certificate, String privateKey) {
  /** Where they go when nobody says: what an uninstallation of IoT Edge leaves alone. */
  public static DeviceIdentityFiles of(String device) {
    String name = device.replaceAll("[^A-Za-z0-9._-]", "_");
    String base = WindowsDirectories.IDENTITY + "\\" + name;
    return new DeviceIdentityFiles(base + ".cert.pem", base + ".key.pem");
  }
}
