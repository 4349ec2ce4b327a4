package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.Passphrases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The private key files of a run. Each is read once and its passphrase asked for at most once, with
 * whatever result, however many devices use it. Safe for use by many threads.
 */
public final class IdentityFiles {
  private static final String UNLOCK =
      "Set the environment variable EDGEFLEET_KEY_PASSPHRASE, or load the key with ssh-add.";
  private static final String HEADER = "openssh-key-v1\0";

  private final Passphrases passphrases;
  private final Map<Path, IdentityFile> read = new ConcurrentHashMap<>();
  private final Map<Path, IdentityFile> opened = new ConcurrentHashMap<>();

  public IdentityFiles(Passphrases passphrases) {
    this.passphrases = passphrases;
  }

  /** What can be had from a file without a passphrase. */
  IdentityFile look(Path file) {
    return read.computeIfAbsent(file, this::readFile);
  }

  /** As {@link #look}, and decrypted: never {@link IdentityFile.Encrypted}. */
  IdentityFile open(Path file) {
    return switch (look(file)) {
      case IdentityFile.Encrypted encrypted ->
          opened.computeIfAbsent(file, path -> decrypt(encrypted.file()));
      case IdentityFile other -> other;
    };
  }

  private IdentityFile readFile(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Certificates.publicKey(beside(file))
          .<IdentityFile>map(key -> new IdentityFile.PublicOnly(file, key))
          .orElseGet(
              () ->
                  new IdentityFile.Useless(
                      file, "The identity file " + file + " does not exist", "Correct its path."));
    } catch (IOException e) {
      return new IdentityFile.Useless(
          file,
          "The identity file " + file + " cannot be read",
          "Make it readable for the user who runs edgefleet.");
    }
    AtomicBoolean encrypted = new AtomicBoolean();
    FilePasswordProvider none =
        (session, resource, attempt) -> {
          encrypted.set(true);
          return null;
        };
    try {
      return parse(file, content, none);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return encrypted.get()
          ? new IdentityFile.Encrypted(file, publicKey(file, content))
          : unreadable(file);
    }
  }

  private IdentityFile decrypt(Path file) {
    Optional<Secret> passphrase = passphrases.forKey(file);
    if (passphrase.isEmpty()) {
      return new IdentityFile.Useless(
          file, "The identity file " + file + " is encrypted and there is no passphrase", UNLOCK);
    }
    try {
      return parse(
          file,
          Files.readAllBytes(file),
          (session, resource, attempt) -> passphrase.get().reveal());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return new IdentityFile.Useless(
          file, "The passphrase does not open the identity file " + file, UNLOCK);
    }
  }

  private static IdentityFile parse(Path file, byte[] content, FilePasswordProvider passwords)
      throws IOException, GeneralSecurityException {
    NamedResource name = new PathResource(file);
    Iterable<KeyPair> pairs =
        SecurityUtils.loadKeyPairIdentities(
            null, name, new ByteArrayInputStream(content), passwords);
    if (pairs != null) {
      for (KeyPair pair : pairs) {
        return new IdentityFile.Open(file, pair);
      }
    }
    return unreadable(file);
  }

  private static IdentityFile unreadable(Path file) {
    Optional<PublicKey> publicKey = Certificates.publicKey(file);
    if (publicKey.isPresent()) {
      return new IdentityFile.PublicOnly(file, publicKey.get());
    }
    return new IdentityFile.Useless(
        file,
        "The identity file " + file + " does not hold a private key that edgefleet can use",
        "Give the private key in OpenSSH or PEM form, type Ed25519, ECDSA or RSA.");
  }

  private static Optional<PublicKey> publicKey(Path file, byte[] content) {
    try {
      Optional<PublicKey> beside = Certificates.publicKey(beside(file));
      if (beside.isPresent()) {
        return beside;
      }
      return inFront(content);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  // OpenSSH's own format has the public key in clear before the encrypted part.
  private static Optional<PublicKey> inFront(byte[] content)
      throws IOException, GeneralSecurityException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    byte[] bytes =
        Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
    byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < header.length
        || !Arrays.equals(bytes, 0, header.length, header, 0, header.length)) {
      return Optional.empty();
    }
    ByteArrayBuffer buffer =
        new ByteArrayBuffer(bytes, header.length, bytes.length - header.length);
    buffer.getString(); // cipher
    buffer.getString(); // key derivation
    buffer.getBytes(); // its options
    buffer.getInt(); // number of keys
    return Optional.of(buffer.getPublicKey());
  }
}
