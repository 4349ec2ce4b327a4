package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.text.ShellQuoting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that should hold PEM.
 *
 * @param path as the operator gave it
 * @param what what it should hold, such as {@code the private key}
 * @param bytes all of it
 */
record InputFile(Path path, String what, byte[] bytes) {
  private static final int LIMIT = 1 << 20;
  // UTF-8's byte order mark, read byte for byte; what concatenates files leaves it in the middle.
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /**
   * @throws BadInput when it cannot be read or holds no PEM
   */
  static InputFile read(Path path, String what, FileSource source) {
    InputFile file = new InputFile(path, what, bytes(path, what, source));
    if (file.bytes.length == 0) {
      throw file.problem("it is empty", "it should hold " + what + " in PEM");
    }
    if (!file.text().contains("-----BEGIN ")) {
      throw file.notPem();
    }
    return file;
  }

  /** Byte for byte: PEM is ASCII, and what stands around it does not matter. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1).replace(BYTE_ORDER_MARK, "");
  }

  /** A problem of this file. */
  BadInput problem(String found, String remedy) {
    return new BadInput(at(found, remedy));
  }

  Problem at(String found, String remedy) {
    return Problem.at(Place.whole(path.toString()), found, remedy);
  }

  /** A command that makes this file a usable one. */
  String converted(String command, String options) {
    String old = ShellQuoting.typed(path.toString());
    String fresh = ShellQuoting.typed(path + ".new");
    return "convert it: "
        + command
        + " -in "
        + old
        + options
        + " -out "
        + fresh
        + " && mv "
        + fresh
        + " "
        + old;
  }

  BadInput isDamaged(String why) {
    return problem(
        "it is damaged: " + why,
        "copy or make it anew, and look at it: openssl x509 -noout -text -in "
            + ShellQuoting.typed(path.toString())
            + " for a certificate, openssl pkey -noout -in "
            + ShellQuoting.typed(path.toString())
            + " for a key");
  }

  /**
   * @param form {@code -inform DER} with a blank before it, or nothing
   */
  BadInput isPkcs7(String form) {
    return problem(
        "it is a PKCS#7 (.p7b) file; certificates in PEM are needed",
        converted("openssl pkcs7 -print_certs", form));
  }

  BadInput isOpenSshKey() {
    return problem(
        "it is a private key in OpenSSH's own form, which OpenSSL does not read",
        "convert it: ssh-keygen -p -N '' -m PKCS8 -f " + ShellQuoting.typed(path.toString()));
  }

  private static byte[] bytes(Path path, String what, FileSource source) {
    InputFile unread = new InputFile(path, what, new byte[0]);
    try {
      if (Files.isDirectory(path)) {
        throw unread.problem("it is a directory", "name the file that holds " + what);
      }
      if (Files.size(path) > LIMIT) {
        throw unread.problem("it is larger than 1 MiB", "it should hold " + what + " in PEM");
      }
      return source.read(path);
    } catch (NoSuchFileException e) {
      throw unread.problem("there is no such file", "it should hold " + what + " in PEM");
    } catch (IOException e) {
      throw unread.problem("it cannot be read", "give yourself permission to read it");
    } catch (BadInput e) {
      // It is encrypted, and no password opens it.
      throw e.at(Place.whole(path.toString()));
    }
  }

  private BadInput notPem() {
    String encoding = wideEncoding();
    if (!encoding.isEmpty()) {
      String old = ShellQuoting.typed(path.toString());
      String fresh = ShellQuoting.typed(path + ".new");
      return problem(
          "it is text in UTF-16, as PowerShell's > writes it; OpenSSL does not read that",
          "convert it: iconv -f "
              + encoding
              + " -t ASCII "
              + old
              + " > "
              + fresh
              + " && mv "
              + fresh
              + " "
              + old);
    }
    return switch (BinaryForm.of(bytes)) {
      case PFX -> isPfx();
      case PKCS7 -> isPkcs7(" -inform DER");
      case CERTIFICATE ->
          problem(
              "it is a certificate in DER; PEM is needed",
              converted("openssl x509 -inform DER", ""));
      case KEY ->
          problem(
              "it is a private key in DER; PEM is needed",
              converted("openssl pkey -inform DER", ""));
      case OTHER ->
          problem("it is not PEM: no -----BEGIN line in it", "it should hold " + what + " in PEM");
    };
  }

  private BadInput isPfx() {
    String base = path.toString().replaceFirst("(?i)\\.(pfx|p12)$", "");
    String pfx = ShellQuoting.typed(path.toString());
    String certificate = ShellQuoting.typed(base + ".cert.pem");
    String key = ShellQuoting.typed(base + ".key.pem");
    return problem(
        "it is a PFX (PKCS#12) file; PEM is needed",
        "take certificate and key out of it and name those in the playbook: openssl pkcs12 -in "
            + pfx
            + " -clcerts -nokeys -out "
            + certificate
            + " && openssl pkcs12 -in "
            + pfx
            + " -nocerts -nodes -out "
            + key);
  }

  /** The name iconv has for it; empty when it is not text of two bytes a character. */
  private String wideEncoding() {
    boolean little = holds("UTF-16LE");
    if (!little && !holds("UTF-16BE")) {
      return "";
    }
    boolean marked =
        (bytes[0] & 0xff) == (little ? 0xff : 0xfe) && (bytes[1] & 0xff) == (little ? 0xfe : 0xff);
    return marked ? "UTF-16" : little ? "UTF-16LE" : "UTF-16BE";
  }

  private boolean holds(String encoding) {
    return new String(bytes, java.nio.charset.Charset.forName(encoding)).contains("-----BEGIN ");
  }
}
