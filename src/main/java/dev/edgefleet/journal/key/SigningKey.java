package dev.edgefleet.journal.key;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import dev.edgefleet.journal.audit.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The user's Ed25519 key that seals journals, with its public half in a file beside it. */
public final class SigningKey {
  /** The private key's file name in the user's configuration directory: PKCS #8 in PEM, 0600. */
  public static final String FILE = "signing.key";

  /** The public key's file name beside it: what an auditor gets. */
  public static final String PUBLIC_FILE = "signing.pub";

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final PrivateKey key;
  private final byte[] publicKey;

  private SigningKey(PrivateKey key, byte[] publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key of this directory, made at first use.
   *
   * @throws BadInput when it cannot be read or made, is damaged, or others can read it
   */
  static SigningKey in(Path configDirectory) {
    Path file = configDirectory.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        PrivateFile.makeDirectory(configDirectory);
        byte[] fresh =
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        AtomicFile.createOnce(file, pem(PRIVATE, fresh));
      }
      PrivateFile.check(file);
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(der(Files.readString(file))));
      byte[] publicKey = publicOf(key);
      // The private key alone is the truth: a process may have died before it wrote this one.
      byte[] publicPem = pem(PUBLIC, publicKey);
      Path publicFile = configDirectory.resolve(PUBLIC_FILE);
      if (Files.notExists(publicFile)
          || !Arrays.equals(Files.readAllBytes(publicFile), publicPem)) {
        AtomicFile.replace(publicFile, publicPem);
      }
      return new SigningKey(key, publicKey);
    } catch (IOException e) {
      throw new BadInput(
          "the key " + file + " can be neither read nor made: " + e,
          "name a directory that can be written with EDGEFLEET_CONFIG");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BadInput(
          file + " is no Ed25519 key in PEM", "restore it from a backup, or move it away");
    }
  }

  /**
   * What the key of this directory is called; empty when there is none. Makes nothing.
   *
   * @throws BadInput when there is one that cannot be read
   */
  public static Optional<String> fingerprintIn(Path configDirectory) {
    Path file = configDirectory.resolve(PUBLIC_FILE);
    return Files.notExists(file) ? Optional.empty() : Optional.of(fingerprintOf(file));
  }

  /**
   * What the public key in a PEM file is called.
   *
   * @throws BadInput when it cannot be read or is no public key
   */
  public static String fingerprintOf(Path publicFile) {
    try {
      byte[] der = der(Files.readString(publicFile));
      KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      return Fingerprint.of(der);
    } catch (IOException e) {
      throw new BadInput("cannot read the key " + publicFile + ": " + e, "give a " + PUBLIC_FILE);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BadInput(publicFile + " is no Ed25519 public key in PEM", "give a " + PUBLIC_FILE);
    }
  }

  public Seal seal(String run, long sequence, String head, String at) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new Seal(
        sequence,
        head,
        at,
        base64.encodeToString(publicKey),
        base64.encodeToString(sign(key, Seal.bytes(run, sequence, head, at))));
  }

  private static byte[] sign(PrivateKey key, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java 25 platform has Ed25519", e);
    }
  }

  // The JDK has no way from a private key to its public one but to make the pair from its seed.
  private static byte[] publicOf(PrivateKey key) throws GeneralSecurityException {
    byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow(IllegalArgumentException::new);
    KeyPairGenerator pair = KeyPairGenerator.getInstance("Ed25519");
    pair.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    return pair.generateKeyPair().getPublic().getEncoded();
  }

  private static byte[] pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] der(String pem) {
    String base64 = pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", "").strip();
    if (base64.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return Base64.getMimeDecoder().decode(base64);
  }

  /** What the key is called: {@code SHA256:} and base64. */
  public String fingerprint() {
    return Fingerprint.of(publicKey);
  }

  @Override
  public String toString() {
    return "SigningKey[" + fingerprint() + "]";
  }

  private static final class Seed extends SecureRandom {
    private final byte[] bytes;

    Seed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }
}
