package dev.edgefleet.secret;

import dev.edgefleet.failure.BadInput;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cryptography of a vault envelope: keys by PBKDF2-HMAC-SHA256, AES-256-CTR over a text padded
 * as PKCS #7 says, HMAC-SHA256 over the ciphertext.
 */
final class VaultCipher {
  private static final int ITERATIONS = 10_000;
  private static final int KEY = 32;
  private static final int BLOCK = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private VaultCipher() {}

  /** What is in the envelope; empty when this is not its password. */
  static Optional<byte[]> open(VaultEnvelope envelope, Secret password) {
    byte[] keys = keys(password, envelope.salt());
    if (!MessageDigest.isEqual(mac(keys, envelope.ciphertext()), envelope.mac())) {
      return Optional.empty();
    }
    byte[] padded = counter(Cipher.DECRYPT_MODE, keys, envelope.ciphertext());
    int padding = padded[padded.length - 1];
    if (padding < 1 || padding > BLOCK) {
      throw new BadInput(
          "the vault envelope was made by a program that does not pad as Ansible does",
          "encrypt the value anew with edgefleet vault encrypt");
    }
    return Optional.of(Arrays.copyOf(padded, padded.length - padding));
  }

  static VaultEnvelope seal(byte[] plain, VaultPassword password) {
    byte[] salt = new byte[KEY];
    RANDOM.nextBytes(salt);
    byte[] keys = keys(password.password(), salt);
    int padding = BLOCK - plain.length % BLOCK;
    byte[] padded = Arrays.copyOf(plain, plain.length + padding);
    Arrays.fill(padded, plain.length, padded.length, (byte) padding);
    byte[] ciphertext = counter(Cipher.ENCRYPT_MODE, keys, padded);
    return new VaultEnvelope(password.id(), salt, mac(keys, ciphertext), ciphertext);
  }

  // The key of the cipher, then the key of the HMAC, then the counter's first value.
  private static byte[] keys(Secret password, byte[] salt) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(
              password.reveal().toCharArray(), salt, ITERATIONS, (2 * KEY + BLOCK) * Byte.SIZE);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] keys, byte[] ciphertext) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keys, KEY, KEY, "HmacSHA256"));
      return mac.doFinal(ciphertext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] counter(int mode, byte[] keys, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(keys, 0, KEY, "AES"), new IvParameterSpec(keys, 2 * KEY, BLOCK));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
