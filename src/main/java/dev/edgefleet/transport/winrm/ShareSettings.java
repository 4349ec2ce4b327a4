package dev.edgefleet.transport.winrm;

import java.util.Map;

/**
 * How the device's files are reached by SMB.
 *
 * @param port 445 unless something stands between
 * @param mappings shares by the directory they show, such as {@code C:\edge} to {@code edge}; other
 *     directories are looked for in the drive's administrative share ({@code C$})
 * @param signingRequired whether a device that does not sign is refused
 */
public record ShareSettings(int port, Map<String, String> mappings, boolean signingRequired) {
  public ShareSettings {
    mappings = Map.copyOf(mappings);
  }

  /** On port 445, through the administrative shares, signed. */
  public static ShareSettings standard() {
    return new ShareSettings(445, Map.of(), true);
  }
}
