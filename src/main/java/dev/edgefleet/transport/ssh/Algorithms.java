package dev.edgefleet.transport.ssh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** Which algorithms are offered, best first. No SHA-1, MD5, CBC or 3DES. */
public final class Algorithms {
  // sntrup761 comes last: in pure Java it costs ten times as much as all the rest of a handshake.
  private static final List<BuiltinDHFactories> KEY_EXCHANGE =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhgex256,
          BuiltinDHFactories.dhg16_512,
          BuiltinDHFactories.dhg18_512,
          BuiltinDHFactories.dhg14_256,
          BuiltinDHFactories.sntrup761x25519,
          BuiltinDHFactories.sntrup761x25519_openssh);

  // AES-GCM first: the JDK runs it on the processor's own instructions.
  private static final List<BuiltinCiphers> CIPHERS =
      List.of(
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.cc20p1305_openssh,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes256ctr);

  private static final List<BuiltinMacs> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  private static final List<BuiltinSignatures> HOST_KEYS =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private static final List<BuiltinSignatures> CERTIFICATES =
      List.of(
          BuiltinSignatures.ed25519_cert,
          BuiltinSignatures.nistp256_cert,
          BuiltinSignatures.nistp384_cert,
          BuiltinSignatures.nistp521_cert,
          BuiltinSignatures.rsaSHA512_cert,
          BuiltinSignatures.rsaSHA256_cert);

  private Algorithms() {}

  static void applyTo(SshClient client) {
    client.setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGE, ClientBuilder.DH2KEX));
    client.setCipherFactories(supported(CIPHERS));
    client.setMacFactories(supported(MACS));
    client.setSignatureFactories(withCertificates());
    client.setCompressionFactories(List.of(BuiltinCompressions.none));
  }

  private static <T, F extends NamedFactory<T> & OptionalFeature> List<NamedFactory<T>> supported(
      List<F> factories) {
    List<NamedFactory<T>> result = new ArrayList<>();
    for (F factory : factories) {
      if (factory.isSupported()) {
        result.add(factory);
      }
    }
    return result;
  }

  private static List<NamedFactory<Signature>> withCertificates() {
    List<NamedFactory<Signature>> all = supported(HOST_KEYS);
    all.addAll(supported(CERTIFICATES));
    return all;
  }

  /** Signatures for login: also by security keys, which only an agent can make. */
  public static List<NamedFactory<Signature>> loginSignatures() {
    List<NamedFactory<Signature>> all = withCertificates();
    all.add(BuiltinSignatures.sk_ssh_ed25519);
    all.add(BuiltinSignatures.sk_ecdsa_sha2_nistp256);
    return all;
  }

  /**
   * A comma-separated list of host key algorithms with those first whose key is on record, so that
   * a server with several keys shows the one that can be checked.
   *
   * @param known types of the keys on record, such as {@code ssh-rsa}
   * @param certificates whether certificates can be checked: they come first then, and are not
   *     asked for otherwise
   */
  static String preferring(Set<String> known, boolean certificates, String offered) {
    List<String> first = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (String algorithm : offered.split(",", -1)) {
      if (KeyUtils.isCertificateAlgorithm(algorithm)) {
        if (certificates) {
          first.add(algorithm);
        }
        continue;
      }
      String keyType = algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
      (known.contains(keyType) ? first : rest).add(algorithm);
    }
    first.sort(Comparator.comparing(algorithm -> !KeyUtils.isCertificateAlgorithm(algorithm)));
    first.addAll(rest);
    return String.join(",", first);
  }
}
