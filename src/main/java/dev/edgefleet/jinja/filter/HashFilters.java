package dev.edgefleet.jinja.filter;

import dev.edgefleet.io.Hash;
import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.PythonText;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hashes and base64. */
public final class HashFilters {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512",
          "sha3_256", "SHA3-256",
          "sha3_512", "SHA3-512");
  private static final String NAMESPACE = "361E6D51-FAEC-444A-9079-341386DA8E2E";

  private HashFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put(
        "hash", (v, a, r) -> hash(PythonText.of(v), a.bound("hashtype").text("hashtype", "sha1")));
    all.put("md5", (v, a, r) -> hash(PythonText.of(v), "md5"));
    all.put("sha1", (v, a, r) -> hash(PythonText.of(v), "sha1"));
    all.put("checksum", (v, a, r) -> hash(PythonText.of(v), "sha1"));
    all.put("b64encode", (v, a, r) -> encoded(PythonText.of(v), charset(a)));
    all.put("b64decode", (v, a, r) -> decoded(TextFilters.text(v, a), charset(a)));
    all.put("to_uuid", (v, a, r) -> uuid(v, a.bound("namespace").text("namespace", NAMESPACE)));
  }

  public static byte[] digest(String algorithm, byte[]... parts) {
    return Hash.of(algorithm, parts);
  }

  private static String hash(String text, String type) {
    String algorithm = ALGORITHMS.get(type);
    if (algorithm == null) {
      throw new TemplateError(
          "there is no hash '" + type + "'",
          "there are: " + String.join(", ", ALGORITHMS.keySet().stream().sorted().toList()));
    }
    return HexFormat.of().formatHex(digest(algorithm, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Charset charset(Arguments arguments) {
    String name = arguments.bound("encoding").text("encoding", "utf-8");
    try {
      return Charset.forName(
          name.replace("utf-16-le", "UTF-16LE").replace("utf-16-be", "UTF-16BE"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new TemplateError("there is no encoding '" + name + "'", "leave it out for utf-8");
    }
  }

  private static String encoded(String text, Charset charset) {
    return Base64.getEncoder().encodeToString(text.getBytes(charset));
  }

  private static String decoded(String text, Charset charset) {
    try {
      return new String(Base64.getMimeDecoder().decode(text), charset);
    } catch (IllegalArgumentException e) {
      throw new TemplateError("the text is not base64", "check where it comes from");
    }
  }

  private static String uuid(@Nullable Object value, String namespace) {
    UUID space;
    try {
      space = UUID.fromString(namespace);
    } catch (IllegalArgumentException e) {
      throw new TemplateError("'" + namespace + "' is no UUID", "give a UUID as namespace");
    }
    byte[] prefix =
        ByteBuffer.allocate(16)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .array();
    byte[] hash = digest("SHA-1", prefix, PythonText.of(value).getBytes(StandardCharsets.UTF_8));
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & ~0xF000L) | 0x5000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
