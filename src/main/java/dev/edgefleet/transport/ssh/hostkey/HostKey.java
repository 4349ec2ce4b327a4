package dev.edgefleet.transport.ssh.hostkey;

import dev.edgefleet.io.Hash;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A server's public key as SSH sends it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param blob the key in SSH's wire form
 */
public record HostKey(String type, byte[] blob) {
  public static HostKey of(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return new HostKey(KeyUtils.getKeyType(key), buffer.getCompactData());
  }

  /** {@code SHA256:...}, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Hash.sha256(blob));
  }

  /** The last two columns of a known_hosts line. */
  public String columns() {
    return type + " " + Base64.getEncoder().encodeToString(blob);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostKey key && type.equals(key.type) && Arrays.equals(blob, key.blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }
}
