package dev.edgefleet.journal.key;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** The user's key to what runs keep: 32 random bytes in a file outside the directory of runs. */
public final class StoreKey {
  /** The key's file name in the user's configuration directory. */
  public static final String FILE = "store.key";

  private static final int BYTES = 32;

  private final byte[] bytes;

  private StoreKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key of this directory, made at first use.
   *
   * @throws BadInput when it cannot be read or made, is damaged, or others can read it
   */
  public static StoreKey in(Path configDirectory) {
    Path file = configDirectory.resolve(FILE);
    try {
      if (Files.notExists(file)) {
        PrivateFile.makeDirectory(configDirectory);
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        AtomicFile.createOnce(file, fresh);
      }
      PrivateFile.check(file);
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != BYTES) {
        throw new BadInput(
            file + " is damaged: it has " + bytes.length + " bytes, not " + BYTES,
            "restore it from a backup; without it, runs that are not over cannot be resumed");
      }
      return new StoreKey(bytes);
    } catch (IOException e) {
      throw new BadInput(
          "the key " + file + " can be neither read nor made: " + e,
          "name a directory that can be written with EDGEFLEET_CONFIG");
    }
  }

  /** A key of its own for each use, so that no two uses ever share a key and a nonce. */
  public SecretKey forUse(String use) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract()
                  .addIKM(bytes)
                  .thenExpand(use.getBytes(StandardCharsets.UTF_8), BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java 25 platform has HKDF-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "StoreKey[***]";
  }
}
