package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that should hold PEM.
 *
 * @param path as the operator gave it
 * @param bytes all of it
 */
record InputFile(Path path, byte[] bytes) {
  private static final int LIMIT = 1 << 20;

  /**
   * @param what what it should hold, such as {@code the private key}
   * @throws BadInput when it cannot be read or holds no PEM
   */
  static InputFile read(Path path, String what) {
    InputFile file = new InputFile(path, bytes(path, what));
    if (file.bytes.length == 0) {
      throw new BadInput(path + " is empty", "It should hold " + what + " in PEM");
    }
    if (!file.text().contains("-----BEGIN ")) {
      throw file.notPem(what);
    }
    return file;
  }

  /** Byte for byte: PEM is ASCII, and what stands around it does not matter. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Path path, String what) {
    try {
      if (Files.isDirectory(path)) {
        throw new BadInput(path + " is a directory", "Name the file that holds " + what);
      }
      if (Files.size(path) > LIMIT) {
        throw new BadInput(path + " is larger than 1 MiB", "It should hold " + what + " in PEM");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + path, "It should hold " + what + " in PEM");
    } catch (IOException e) {
      throw new BadInput(path + " cannot be read", "Give yourself permission to read it");
    }
  }

  private BadInput notPem(String what) {
    return switch (BinaryForm.of(bytes)) {
      case PFX ->
          new BadInput(
              path + " is a PFX (PKCS#12) file; PEM is needed",
              "Convert it: openssl pkcs12 -in "
                  + path
                  + " -clcerts -nokeys -out device-id.pem, and"
                  + " openssl pkcs12 -in "
                  + path
                  + " -nocerts -nodes -out device-id.key.pem");
      case CERTIFICATE ->
          new BadInput(
              path + " is a certificate in DER; PEM is needed",
              "Convert it: openssl x509 -inform DER -in " + path + " -out device-id.pem");
      case KEY ->
          new BadInput(
              path + " is a private key in DER; PEM is needed",
              "Convert it: openssl pkey -inform DER -in " + path + " -out device-id.key.pem");
      case OTHER ->
          new BadInput(
              path + " is not PEM: no -----BEGIN line in it", "It should hold " + what + " in PEM");
    };
  }
}
