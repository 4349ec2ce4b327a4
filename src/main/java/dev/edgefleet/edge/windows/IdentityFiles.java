package dev.edgefleet.edge.windows;

/**
 * Where an identity is on a device.
 *
 * @param certificate path of the certificate, with its chain if there is one
 * @param privateKey path of its key
 */
record IdentityFiles(String certificate, String privateKey) {
  /** Where they go when nobody says: what an uninstallation of IoT Edge leaves alone. */
  static IdentityFiles of(String device) {
    String name = device.replaceAll("[^A-Za-z0-9._-]", "_");
    String base = WindowsFolders.IDENTITY + "\\" + name;
    return new IdentityFiles(base + ".cert.pem", base + ".key.pem");
  }
}
